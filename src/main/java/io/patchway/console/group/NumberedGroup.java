package io.patchway.console.group;

import io.patchway.server.Server;
import java.util.List;

/**
 * A machine group by its number.
 *
 * @param name no other group has it, in any letter case
 */
public record NumberedGroup(int number, String name, MachineGroup content) {
    /** All servers; it has the number that the original's samples scan. */
    public static final NumberedGroup ALL = new NumberedGroup(
            1, "All Machines", new MachineGroup(null, "Every server of the inventory", "", null, "Inherit", List.of()));

    /** Whether an entry of a group means this group, by its name or number. */
    boolean isCalled(String text) {
        return name.equalsIgnoreCase(text) || String.valueOf(number).equals(text);
    }

    /**
     * Whether a server is in it because the inventory says so. A name that people gave, and that the inventory has too,
     * is the name of one group.
     */
    boolean isGivenTo(Server server) {
        if (number == ALL.number) {
            return true;
        }
        return content.serverGroup() == null
                ? server.groups().stream().anyMatch(name::equalsIgnoreCase)
                : server.groups().contains(content.serverGroup());
    }

    /** Whether people made it, and its name can be that of a server group. */
    boolean canBeServerGroup() {
        return content.serverGroup() == null
                && number != ALL.number
                && Server.GROUP_NAME.matcher(name).matches();
    }
}
