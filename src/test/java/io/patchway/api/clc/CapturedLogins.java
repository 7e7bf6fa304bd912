package io.patchway.api.clc;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The logins of CenturyLink's clients as they go over the wire, and some that only a strict server would refuse. */
final class CapturedLogins {
    private CapturedLogins() {}

    /** Names of clients and their requests, with plain line ends. */
    static Stream<Arguments> logins() {
        return Stream.of(
                Arguments.of("Go SDK", """
                    POST /v2/authentication/login HTTP/1.1
                    Host: 127.0.0.1:18080
                    User-Agent: CenturyLinkCloud/clc-sdk
                    Content-Length: 49
                    Accept: application/json
                    Api-Client: CenturyLinkCloud/clc-sdk
                    Content-Type: application/json
                    Accept-Encoding: gzip

                    {"username":"demouser1","password":"mypassword"}
                    """),
                Arguments.of("Go CLI", """
                    POST /v2/authentication/login HTTP/1.1
                    Host: api.ctl.io
                    User-Agent: clc-go-cli-built-from-source-linux
                    Content-Length: 48
                    Clc-Alias:\s
                    Content-Type: application/json

                    {"Username":"demouser1","Password":"mypassword"}\
                    """),
                Arguments.of("Python SDK", """
                    POST /v2/authentication/login HTTP/1.1
                    Host: 127.0.0.1:18080
                    User-Agent: python-requests/2.28.1
                    Accept-Encoding: gzip, deflate
                    Accept: */*
                    Connection: keep-alive
                    content-type: application/json
                    Content-Length: 52

                    {"username": "demouser1", "password": "mypassword" }\
                    """),
                Arguments.of("Java SDK", """
                    POST /v2/authentication/login HTTP/1.1
                    Content-Type: application/json
                    User-Agent: clc-java-sdk-v1.2.4
                    Host: 127.0.0.1:18080
                    Connection: keep-alive
                    Content-Length: 48

                    {"username":"demouser1","password":"mypassword"}\
                    """),
                Arguments.of("Node SDK", """
                    POST /v2/authentication/login HTTP/1.1
                    User-Agent: clc-node-sdk-v1.1.4
                    Content-Type: application/json
                    Accept: */*
                    Host: 127.0.0.1:18080
                    Connection: close
                    Content-Length: 48

                    {"username":"demouser1","password":"mypassword"}\
                    """),
                Arguments.of("PowerShell sample", """
                    POST /v2/authentication/login HTTP/1.1
                    User-Agent: Mozilla/5.0 (Windows NT; Windows NT 6.3; en-US) WindowsPowerShell/4.0
                    Content-Type: application/x-www-form-urlencoded
                    Host: api.ctl.io
                    Content-Length: 38
                    Expect: 100-continue
                    Connection: Keep-Alive

                    Password=mypassword&Username=demouser1\
                    """),
                Arguments.of("capital letters in the media type", """
                    POST /v2/authentication/login HTTP/1.1
                    Host: 127.0.0.1:18080
                    Content-Type: Application/JSON; Charset=UTF-8
                    Accept: text/html
                    Content-Length: 48

                    {"USERNAME":"DemoUser1","PASSWORD":"mypassword"}\
                    """),
                Arguments.of("JSON that is called a form", """
                    POST /v2/authentication/login HTTP/1.1
                    Host: 127.0.0.1:18080
                    Content-Type: application/x-www-form-urlencoded
                    Content-Length: 48

                    {"username":"demouser1","password":"mypassword"}\
                    """),
                Arguments.of("no media type, and more than was asked", """
                    POST /v2/authentication/login HTTP/1.1
                    Host: 127.0.0.1:18080
                    Content-Length: 66

                    {"username":"demouser1","password":"mypassword","remember":[true]}\
                    """));
    }

    /** A request as it goes over the wire. */
    static byte[] wire(String request) {
        int end = request.indexOf("\n\n");
        return (request.substring(0, end).replace("\n", "\r\n") + "\r\n\r\n" + request.substring(end + 2))
                .getBytes(StandardCharsets.UTF_8);
    }
}
