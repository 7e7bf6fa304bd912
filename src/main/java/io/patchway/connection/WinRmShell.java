package io.patchway.connection;

import jakarta.xml.ws.soap.SOAPFaultException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.metricshub.winrm.service.shell.CommandLine;
import org.metricshub.winrm.service.shell.DesiredStreamType;
import org.metricshub.winrm.service.shell.EnvironmentVariable;
import org.metricshub.winrm.service.shell.EnvironmentVariableList;
import org.metricshub.winrm.service.shell.Receive;
import org.metricshub.winrm.service.shell.Shell;
import org.metricshub.winrm.service.shell.StreamType;
import org.metricshub.winrm.service.wsman.Delete;
import org.metricshub.winrm.service.wsman.Locale;
import org.metricshub.winrm.service.wsman.OptionSetType;
import org.metricshub.winrm.service.wsman.OptionType;
import org.metricshub.winrm.service.wsman.SelectorSetType;
import org.metricshub.winrm.service.wsman.SelectorType;
import org.metricshub.winrm.service.wsman.Signal;

/** One shell on a Windows server with one command in it (MS-WSMV 3.1.4). For one thread. */
final class WinRmShell {
    private static final String SHELL = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell";
    private static final String RESOURCE = SHELL + "/cmd";
    private static final String DONE = SHELL + "/CommandState/Done";
    private static final String TERMINATE = SHELL + "/signal/terminate";

    /** Bytes; what every version of Windows accepts without being told to. */
    private static final int LARGEST_ANSWER = 153_600;

    private static final String UTF_8_CODE_PAGE = "65001";

    private final WinRmClient client;
    private final SelectorSetType selector = new SelectorSetType();
    private String command = "";

    WinRmShell(WinRmClient client) {
        this.client = client;
    }

    WinRmClient client() {
        return client;
    }

    /** @param feed the values of the variables that the command reads */
    void create(List<String> feed, Duration patience) {
        Shell shell = new Shell();
        shell.getInputStreams().add("stdin");
        shell.getOutputStreams().add("stdout");
        shell.getOutputStreams().add("stderr");
        EnvironmentVariableList variables = new EnvironmentVariableList();
        for (int i = 0; i < feed.size(); i++) {
            EnvironmentVariable variable = new EnvironmentVariable();
            variable.setName(PowerShellFeed.VARIABLE + i);
            variable.setValue(feed.get(i));
            variables.getVariable().add(variable);
        }
        shell.setEnvironment(variables);
        OptionSetType options = options("WINRS_NOPROFILE", "TRUE", "WINRS_CODEPAGE", UTF_8_CODE_PAGE);
        var created = client.service(patience)
                .create(shell, RESOURCE, LARGEST_ANSWER, WinRmClient.duration(patience), locale(), options);
        SelectorType id = new SelectorType();
        id.setName("ShellId");
        id.getContent().add(WinRmAnswers.shellId(created));
        selector.getSelector().add(id);
    }

    void start(String commandLine, Duration patience) {
        CommandLine line = new CommandLine();
        line.setCommand(commandLine);
        OptionSetType options = options("WINRS_CONSOLEMODE_STDIN", "TRUE", "WINRS_SKIP_CMD_SHELL", "FALSE");
        command = client.service(patience)
                .command(line, RESOURCE, LARGEST_ANSWER, WinRmClient.duration(patience), locale(), selector, options)
                .getCommandId();
    }

    /** Asks once for output; the exit code when the command has ended. */
    OptionalInt receive(CappedOutput stdout, CappedOutput stderr, Duration patience) {
        Receive question = new Receive();
        DesiredStreamType streams = new DesiredStreamType();
        streams.setCommandId(command);
        streams.setValue("stdout stderr");
        question.setDesiredStream(streams);
        try {
            var answer = client.service(patience)
                    .receive(question, RESOURCE, LARGEST_ANSWER, WinRmClient.duration(patience), locale(), selector);
            for (StreamType stream : answer.getStream()) {
                byte[] bytes = stream.getValue() == null ? new byte[0] : stream.getValue();
                ("stderr".equals(stream.getName()) ? stderr : stdout).add(bytes, 0, bytes.length);
            }
            var state = answer.getCommandState();
            return state != null && DONE.equals(state.getState()) && state.getExitCode() != null
                    ? OptionalInt.of(state.getExitCode().intValue())
                    : OptionalInt.empty();
        } catch (SOAPFaultException fault) {
            if (WinRmAnswers.isNothingYet(fault)) {
                return OptionalInt.empty();
            }
            throw fault;
        }
    }

    /** Ends the command if it still runs, and the shell; the server does both by itself when nobody asks any more. */
    void delete(Duration patience) {
        try {
            if (!command.isEmpty()) {
                Signal signal = new Signal();
                signal.setCommandId(command);
                signal.setCode(TERMINATE);
                client.service(patience)
                        .signal(signal, RESOURCE, LARGEST_ANSWER, WinRmClient.duration(patience), locale(), selector);
            }
            client.service(patience)
                    .delete(new Delete(), RESOURCE, LARGEST_ANSWER, WinRmClient.duration(patience), locale(), selector);
        } catch (RuntimeException gone) {
            client.spoil();
        }
    }

    private static OptionSetType options(String... namesAndValues) {
        OptionSetType options = new OptionSetType();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            OptionType option = new OptionType();
            option.setName(namesAndValues[i]);
            option.setValue(namesAndValues[i + 1]);
            options.getOption().add(option);
        }
        return options;
    }

    private static Locale locale() {
        Locale locale = new Locale();
        locale.setLang("en-US");
        return locale;
    }
}
