package io.patchway.hosts;

/** What a real host is offered; see the package documentation for the packages and advisories of each. */
public enum Scenario {
    /** Updates of every classification and severity; wants one reboot, for its kernel. */
    UPDATES("updates"),
    /** Three rounds with a reboot after the first and after the second. */
    THREE_ROUNDS("round-1"),
    /** An update whose pre-install script fails, so that it is not installed. */
    FAILING_PRE("failing-pre"),
    /** An update whose post-install script fails: installed all the same on rpm, half-configured on apt. */
    FAILING_POST("failing-post"),
    /** An update of a package that the host holds back. */
    HELD("held"),
    /** apt only: an update that changes a configuration file which the administrator has changed too. */
    CONFFILE("conffile"),
    /** dnf and zypper only: an update of the package called zypper, which zypper installs alone. */
    SELF_UPDATE("self-update");

    private final String repository;

    Scenario(String repository) {
        this.repository = repository;
    }

    String repository() {
        return repository;
    }
}
