package io.patchway.rollout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Which server has its turn when: stages follow one another, and the servers of one stage may run side by side. A stage
 * is one wave of one group.
 *
 * @param ofServers the stage of each server, from 0, in the order of the request
 * @param count how many stages there are, at least one
 */
public record Stages(List<Integer> ofServers, int count) {
    public Stages {
        ofServers = List.copyOf(ofServers);
    }

    /**
     * Sorts servers into stages.
     *
     * @param groups the server groups that a server belongs to
     */
    public static <S> Stages of(Rollout rollout, List<S> servers, Function<S, ? extends Collection<String>> groups) {
        Integer[] stages = new Integer[servers.size()];
        int first = 0;
        for (List<Integer> members : inGroupOrder(rollout, servers, groups)) {
            List<Integer> ends = waveEnds(rollout, members.size());
            for (int i = 0; i < members.size(); i++) {
                stages[members.get(i)] = first + waveOf(i, ends);
            }
            first += ends.size();
        }
        return new Stages(Arrays.asList(stages), Math.max(1, first));
    }

    /** The places of the servers in the request, by the group whose turn is theirs; groups without members are out. */
    private static <S> Collection<List<Integer>> inGroupOrder(
            Rollout rollout, List<S> servers, Function<S, ? extends Collection<String>> groups) {
        Map<Integer, List<Integer>> members = new TreeMap<>();
        for (int i = 0; i < servers.size(); i++) {
            int turn = turn(rollout.groupOrder(), groups.apply(servers.get(i)));
            members.computeIfAbsent(turn, any -> new ArrayList<>()).add(i);
        }
        return members.values();
    }

    private static int turn(List<String> order, Collection<String> groups) {
        for (int i = 0; i < order.size(); i++) {
            if (groups.contains(order.get(i))) {
                return i;
            }
        }
        return order.size();
    }

    /** How many servers have had their turn after each wave; waves that would be empty are left out. */
    private static List<Integer> waveEnds(Rollout rollout, int servers) {
        TreeSet<Integer> ends = new TreeSet<>();
        rollout.waves().stream().map(wave -> wave.roundedUp(servers)).forEach(ends::add);
        ends.add(servers);
        ends.remove(0);
        return List.copyOf(ends);
    }

    private static int waveOf(int place, List<Integer> ends) {
        int wave = 0;
        while (place >= ends.get(wave)) {
            wave++;
        }
        return wave;
    }
}
