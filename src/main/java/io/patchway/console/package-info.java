/**
 * What a console of the kind of Security Controls keeps of its own: which scans and deployments it was asked for, and
 * the templates and groups that people make there. What happens on servers is on the run ledger and nowhere else.
 */
package io.patchway.console;
