package io.patchway.connection;

import io.patchway.server.ConnectionSettings.WinRm;
import io.patchway.server.ConnectionSettings.WinRm.Authentication;
import jakarta.xml.ws.BindingProvider;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.TrustManager;
import javax.xml.namespace.QName;
import org.apache.cxf.Bus;
import org.apache.cxf.binding.soap.SoapBindingConstants;
import org.apache.cxf.configuration.jsse.TLSClientParameters;
import org.apache.cxf.endpoint.Client;
import org.apache.cxf.endpoint.ClientImpl;
import org.apache.cxf.frontend.ClientProxy;
import org.apache.cxf.jaxws.JaxWsProxyFactoryBean;
import org.apache.cxf.message.Message;
import org.apache.cxf.transport.http.HTTPConduit;
import org.apache.cxf.transport.http.HTTPConduitFactory;
import org.apache.cxf.transports.http.configuration.HTTPClientPolicy;
import org.apache.cxf.ws.addressing.WSAddressingFeature;
import org.apache.cxf.ws.addressing.WSAddressingFeature.AddressingResponses;
import org.apache.cxf.ws.addressing.policy.MetadataConstants;
import org.apache.cxf.ws.policy.PolicyConstants;
import org.apache.http.auth.AuthSchemeProvider;
import org.apache.http.auth.Credentials;
import org.apache.http.auth.NTCredentials;
import org.apache.http.client.config.AuthSchemes;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.impl.auth.KerberosSchemeFactory;
import org.apache.neethi.Policy;
import org.apache.neethi.builders.PrimitiveAssertion;
import org.metricshub.winrm.service.WinRMWebService;
import org.metricshub.winrm.service.client.StripShellResponseHandler;
import org.metricshub.winrm.service.client.auth.kerberos.KerberosUtils;
import org.metricshub.winrm.service.client.auth.ntlm.NTCredentialsWithEncryption;
import org.metricshub.winrm.service.client.auth.ntlm.NtlmMasqAsSpnegoSchemeFactory;
import org.metricshub.winrm.service.client.encryption.AsyncHttpEncryptionAwareConduitFactory;
import org.metricshub.winrm.service.client.encryption.DecryptAndVerifyInInterceptor;
import org.metricshub.winrm.service.client.encryption.SignAndEncryptOutInterceptor;

/**
 * The web service of WinRM on one server, ready to be called by one thread at a time. The library brings the service's
 * contract and the logins; its own ready-made client accepts every certificate and keeps all output in memory, so it is
 * not used.
 */
final class WinRmClient {
    private static final String NAMESPACE = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd";

    /** A server may answer late within the time of a question; the network takes its own time. */
    private static final Duration NETWORK = Duration.ofSeconds(10);

    private final WinRm settings;
    private final String password;
    private final WinRmFaults faults;
    private final WinRMWebService service;
    private final HTTPClientPolicy policy = new HTTPClientPolicy();

    /** It starts threads with the first call and is known to no bus: they end only when it is told to. */
    private final AsyncHttpEncryptionAwareConduitFactory transport = new AsyncHttpEncryptionAwareConduitFactory();

    private boolean usable = true;

    WinRmClient(
            WinRm settings,
            String password,
            TrustManager[] trusted,
            Duration connectTimeout,
            Bus bus,
            WinRmFaults faults) {
        this.settings = settings;
        this.password = password;
        this.faults = faults;
        this.service = proxy(settings, bus);
        policy.setConnectionTimeout(connectTimeout.toMillis());
        policy.setConnectionRequestTimeout(connectTimeout.toMillis());
        policy.setAllowChunking(false);
        policy.setAutoRedirect(false);
        configure(trusted);
    }

    /** By its annotations alone: the library's WSDL would be completed with schemas from the Internet. */
    private static WinRMWebService proxy(WinRm settings, Bus bus) {
        WSAddressingFeature addressing = new WSAddressingFeature();
        addressing.setResponses(AddressingResponses.ANONYMOUS);
        JaxWsProxyFactoryBean factory = new JaxWsProxyFactoryBean();
        factory.setServiceName(new QName(NAMESPACE, "WinRMWebServiceClient"));
        factory.setEndpointName(new QName(NAMESPACE, "WinRMPort"));
        factory.setBus(bus);
        factory.setServiceClass(WinRMWebService.class);
        factory.setAddress("%s://%s:%d/wsman"
                .formatted(settings.https() ? "https" : "http", bracketed(settings.host()), settings.port()));
        factory.getFeatures().add(addressing);
        factory.setBindingId(SoapBindingConstants.SOAP12_BINDING_ID);
        return factory.create(WinRMWebService.class);
    }

    private static String bracketed(String host) {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    private void configure(TrustManager[] trusted) {
        Client client = ClientProxy.getClient(service);
        client.getInInterceptors().add(new DecryptAndVerifyInInterceptor());
        client.getOutInterceptors().add(new SignAndEncryptOutInterceptor());
        client.getEndpoint().getEndpointInfo().setProperty(HTTPConduitFactory.class.getName(), transport);
        client.getEndpoint().getEndpointInfo().getService().setProperty("soap.force.doclit.bare", true);
        BindingProvider binding = (BindingProvider) service;
        binding.getBinding().setHandlerChain(List.of(new StripShellResponseHandler()));
        Policy addressing = new Policy();
        addressing.addAssertion(new PrimitiveAssertion(MetadataConstants.USING_ADDRESSING_2004_QNAME));
        binding.getRequestContext().put(PolicyConstants.POLICY_OVERRIDE, addressing);
        authenticate(binding.getRequestContext());
        HTTPConduit conduit = (HTTPConduit) client.getConduit();
        conduit.setClient(policy);
        if (settings.https()) {
            TLSClientParameters tls = new TLSClientParameters();
            tls.setTrustManagers(trusted);
            conduit.setTlsClientParameters(tls);
        }
    }

    private void authenticate(Map<String, Object> context) {
        Map<String, List<String>> headers = new TreeMap<>();
        headers.put("Content-Type", List.of("application/soap+xml;charset=UTF-8"));
        if (settings.authentication() == Authentication.BASIC) {
            byte[] proof = (settings.user() + ":" + password).getBytes(StandardCharsets.UTF_8);
            headers.put("Authorization", List.of("Basic " + Base64.getEncoder().encodeToString(proof)));
        } else {
            context.put(Credentials.class.getName(), credentials());
            context.put(
                    AuthSchemeProvider.class.getName(),
                    RegistryBuilder.<AuthSchemeProvider>create()
                            .register(AuthSchemes.SPNEGO, new NtlmMasqAsSpnegoSchemeFactory())
                            .register(AuthSchemes.KERBEROS, new KerberosSchemeFactory(true))
                            .build());
        }
        context.put(Message.PROTOCOL_HEADERS, headers);
    }

    private Credentials credentials() {
        if (settings.authentication() == Authentication.KERBEROS) {
            return KerberosUtils.createCredentials(settings.user(), password.toCharArray(), null);
        }
        int slash = settings.user().indexOf('\\');
        String domain = slash < 0 ? null : settings.user().substring(0, slash);
        String user = settings.user().substring(slash + 1);
        return settings.https()
                ? new NTCredentials(user, password, null, domain)
                : new NTCredentialsWithEncryption(user, password, null, domain);
    }

    /** The service, for a call that the server may take so long to answer. */
    WinRMWebService service(Duration patience) {
        long longest = patience.plus(NETWORK).toMillis();
        policy.setReceiveTimeout(longest);
        ((ClientImpl) ClientProxy.getClient(service)).setSynchronousTimeout((int) longest);
        return service;
    }

    /** As XML Schema writes it, such as {@code PT20.000S}. */
    static String duration(Duration length) {
        return "PT%d.%03dS".formatted(length.toSeconds(), length.toMillisPart());
    }

    WinRmFaults faults() {
        return faults;
    }

    boolean usable() {
        return usable;
    }

    /** Something went wrong; the connection is not to be used for another script. */
    void spoil() {
        usable = false;
    }

    boolean isFor(String otherPassword) {
        return password.equals(otherPassword);
    }

    /** Ends its connections and the threads that serve them. */
    void close() {
        try {
            ClientProxy.getClient(service).destroy();
        } finally {
            transport.shutdown();
        }
    }
}
