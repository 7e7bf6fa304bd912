package io.patchway.rehearsal;

/** Is told of every script that reaches a simulated host. Called by many threads. */
@FunctionalInterface
interface ScriptJournal {
    void received(SimulatedHost host, ReceivedScript script);
}
