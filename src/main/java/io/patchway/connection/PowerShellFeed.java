package io.patchway.connection;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * A script with its arguments in the form that reaches Windows PowerShell.
 *
 * <p>The command line is one of two constants; each starts PowerShell with a few lines that collect the feed, either
 * from standard input or from environment variables, and run it once its last line is there. The feed is plain ASCII,
 * so that no code page can change it: lines {@code argument BASE64}, one {@code script BASE64} of the zipped script and
 * {@code end}. Nothing of it is ever read as a command before it is unpacked, and arguments never are.
 */
final class PowerShellFeed {
    /** What the variables of a feed are called, followed by their number from 0. */
    static final String VARIABLE = "PATCHWAY_FEED_";

    /** Windows allows 32,767 characters in a variable. */
    private static final int VARIABLE_SIZE = 30_000;

    private static final String FROM_INPUT = "$lines = @($input)";
    private static final String FROM_ENVIRONMENT = """
        $text = ''
        for ($i = 0; Test-Path "env:PATCHWAY_FEED_$i"; $i++) { $text += (Get-Item "env:PATCHWAY_FEED_$i").Value }
        $lines = $text.Split(',')\
        """;
    private static final String RUN = """

        $ErrorActionPreference = 'Stop'
        $words = @(); $packed = ''; $whole = $false
        foreach ($line in $lines) {
          $kind, $value = ([string] $line).Trim().Split(' ')
          if ($kind -eq 'argument') {
            $words += [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String([string] $value))
          } elseif ($kind -eq 'script') { $packed += $value } elseif ($kind -eq 'end') { $whole = $true }
        }
        if (-not $whole) { [Console]::Error.WriteLine('the script did not arrive whole; nothing was run'); exit 126 }
        $zipped = New-Object IO.MemoryStream (, [Convert]::FromBase64String($packed))
        $stream = New-Object IO.Compression.GZipStream ($zipped, [IO.Compression.CompressionMode]::Decompress)
        $script = (New-Object IO.StreamReader ($stream, [Text.Encoding]::UTF8)).ReadToEnd()
        & ([ScriptBlock]::Create($script)) $words
        """;

    /** Starts PowerShell with the feed to come on standard input. */
    static final String COMMAND_WITH_INPUT = command(FROM_INPUT + RUN);

    /** Starts PowerShell with the feed in its environment. */
    static final String COMMAND_WITH_ENVIRONMENT = command(FROM_ENVIRONMENT + RUN);

    private PowerShellFeed() {}

    /** @throws IllegalArgumentException when the script is in another language, or an argument holds a NUL */
    static byte[] input(Script script, List<String> arguments) {
        return (String.join("\n", lines(script, arguments)) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * The values of the variables, the first first.
     *
     * @throws IllegalArgumentException as with {@link #input}
     */
    static List<String> variables(Script script, List<String> arguments) {
        String text = String.join(",", lines(script, arguments));
        List<String> values = new ArrayList<>();
        for (int start = 0; start < text.length(); start += VARIABLE_SIZE) {
            values.add(text.substring(start, Math.min(text.length(), start + VARIABLE_SIZE)));
        }
        return values;
    }

    private static List<String> lines(Script script, List<String> arguments) {
        if (script.language() != Script.Language.POWERSHELL) {
            throw new IllegalArgumentException(script.name() + " is no PowerShell script");
        }
        List<String> lines = new ArrayList<>();
        for (String argument : arguments) {
            if (argument.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("an argument of a script cannot hold a NUL character");
            }
            lines.add("argument " + base64(argument.getBytes(StandardCharsets.UTF_8)));
        }
        lines.add("script " + base64(zipped(script.text())));
        lines.add("end");
        return lines;
    }

    private static byte[] zipped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String command(String text) {
        return "powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -OutputFormat Text -EncodedCommand "
                + base64(text.getBytes(StandardCharsets.UTF_16LE));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
