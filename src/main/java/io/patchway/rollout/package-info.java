/**
 * In which order and how fast a request goes through its servers: waves, concurrency, budgets, soak time and health
 * gates. Pure decisions; the ledger counts, and records what was decided.
 */
package io.patchway.rollout;
