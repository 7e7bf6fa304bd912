/**
 * What is looked for and how it is installed: scan and deployment templates, patch groups, and the patches there are.
 */
package io.patchway.api.ivanti.template;
