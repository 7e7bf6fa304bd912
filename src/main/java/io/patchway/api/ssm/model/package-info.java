/**
 * What the operations of AWS Systems Manager take and give, and the limits of every member, as far as they are served
 * here.
 */
package io.patchway.api.ssm.model;
