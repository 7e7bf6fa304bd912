package io.patchway.api.ssm.signature;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the header {@code Authorization} says.
 *
 * @param signedHeaders names, as they stand in the header
 * @param signature 64 lower-case hexadecimal digits
 */
record Authorization(String keyId, Scope scope, List<String> signedHeaders, String signature) {
    static final String ALGORITHM = "AWS4-HMAC-SHA256";

    private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9a-z-]+");
    private static final int MOST_HEADERS = 100;
    private static final int CREDENTIAL_PARTS = 5;

    /** What a signature is good for: one day, region and service. */
    record Scope(String date, String region, String service, String ending) {
        @Override
        public String toString() {
            return String.join("/", date, region, service, ending);
        }
    }

    /** @throws RefusedSignature when it is none that can be understood */
    static Authorization of(String header) {
        String text = header.strip();
        if (!text.startsWith(ALGORITHM + " ")) {
            throw RefusedSignature.incomplete("The Authorization header must begin with " + ALGORITHM
                    + " and have the parameters Credential, SignedHeaders and Signature.");
        }
        Map<String, String> parameters = parameters(text.substring(ALGORITHM.length()));
        String[] credential = parameter(parameters, "Credential").split("/", -1);
        if (credential.length != CREDENTIAL_PARTS) {
            throw RefusedSignature.incomplete("Credential must have exactly 5 slash-delimited elements: key"
                    + " id/date/region/service/aws4_request.");
        }
        List<String> signedHeaders =
                List.of(parameter(parameters, "SignedHeaders").split(";", -1));
        if (signedHeaders.size() > MOST_HEADERS
                || !signedHeaders.stream()
                        .allMatch(name -> HEADER_NAME.matcher(name).matches())) {
            throw RefusedSignature.incomplete(
                    "SignedHeaders must be a list of header names in lower case, with" + " semicolons between them.");
        }
        String signature = parameter(parameters, "Signature");
        if (!SIGNATURE.matcher(signature).matches()) {
            throw RefusedSignature.incomplete("Signature must be 64 hexadecimal digits in lower case.");
        }
        Scope scope = new Scope(credential[1], credential[2], credential[3], credential[4]);
        return new Authorization(credential[0], scope, signedHeaders, signature);
    }

    private static Map<String, String> parameters(String list) {
        Map<String, String> parameters = new HashMap<>();
        for (String entry : list.split(",", -1)) {
            int equals = entry.indexOf('=');
            if (equals < 0
                    || parameters.putIfAbsent(
                                    entry.substring(0, equals).strip(),
                                    entry.substring(equals + 1).strip())
                            != null) {
                throw RefusedSignature.incomplete(
                        "The Authorization header must be a list of name=value, each name once, with commas between.");
            }
        }
        return parameters;
    }

    private static String parameter(Map<String, String> parameters, String name) {
        String value = parameters.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw RefusedSignature.incomplete("Authorization header requires '" + name + "' parameter.");
        }
        return value;
    }
}
