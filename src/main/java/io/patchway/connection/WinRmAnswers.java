package io.patchway.connection;

import jakarta.xml.ws.soap.SOAPFaultException;
import java.util.Optional;
import org.metricshub.winrm.service.transfer.ResourceCreated;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** Finds things in what WinRM answers. */
final class WinRmAnswers {
    private static final String NOTHING_YET = "2150858793";
    private static final String SELECTOR = "Selector";

    private WinRmAnswers() {}

    /** @throws IllegalStateException when the answer does not name the shell that was created */
    static String shellId(ResourceCreated created) {
        for (Element part : created.getAny()) {
            NodeList selectors = part.getElementsByTagNameNS("*", SELECTOR);
            for (int i = 0; i < selectors.getLength(); i++) {
                if (((Element) selectors.item(i)).getAttribute("Name").equals("ShellId")) {
                    return selectors.item(i).getTextContent();
                }
            }
        }
        throw new IllegalStateException("the answer does not name the shell that was created");
    }

    /** Whether nothing was said by the server before the time for the question was over; one asks again then. */
    static boolean isNothingYet(SOAPFaultException fault) {
        return code(fault).filter(NOTHING_YET::equals).isPresent();
    }

    /** The decimal code of the {@code WSManFault} in a fault. */
    static Optional<String> code(SOAPFaultException fault) {
        if (fault.getFault() == null || fault.getFault().getDetail() == null) {
            return Optional.empty();
        }
        NodeList details = fault.getFault().getDetail().getChildNodes();
        for (int i = 0; i < details.getLength(); i++) {
            Node detail = details.item(i);
            if (detail instanceof Element element && "WSManFault".equals(element.getLocalName())) {
                return Optional.of(element.getAttribute("Code"));
            }
        }
        return Optional.empty();
    }
}
