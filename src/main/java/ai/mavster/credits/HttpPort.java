package ai.mavster.credits;

import ai.mavster.credits.embedded.StartFailure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;

/**
 * A port the service will listen on.
 *
 * @param variable of the environment, which names it
 * @param host the address it listens at; empty: every one
 * @param number 1 to 65535, or 0 for any free one
 */
record HttpPort(String variable, String host, int number) {

    /** The port of the API. */
    static HttpPort of(Map<String, String> environment) throws StartFailure {
        return of(environment, "CREDITS_HTTP_PORT", host(environment))
                .orElseGet(() -> new HttpPort("CREDITS_HTTP_PORT", host(environment), 8080));
    }

    /** The port of what is for operators, if it is another one. */
    static Optional<HttpPort> ofManagement(Map<String, String> environment) throws StartFailure {
        String host = environment.getOrDefault("CREDITS_MANAGEMENT_HOST", "").strip();
        Optional<HttpPort> port = of(environment, "CREDITS_MANAGEMENT_PORT", host.isEmpty() ? host(environment) : host);
        if (port.isPresent() && (port.get().number == 0 || port.get().number == of(environment).number)) {
            throw new StartFailure("CREDITS_MANAGEMENT_PORT must be another port than CREDITS_HTTP_PORT, and not 0.");
        }
        return port;
    }

    private static String host(Map<String, String> environment) {
        return environment.getOrDefault("CREDITS_HTTP_HOST", "").strip();
    }

    private static Optional<HttpPort> of(Map<String, String> environment, String variable, String host)
            throws StartFailure {
        String text = environment.getOrDefault(variable, "").strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65_535) {
            throw new StartFailure(variable + " must be a port number from 0 to 65535, not '" + text + "'.");
        }
        return Optional.of(new HttpPort(variable, host, Integer.parseInt(text)));
    }

    /**
     * Looks before a database is started for nothing; a process that takes the port after that makes the application's
     * own start fail.
     */
    void requireFree() throws StartFailure {
        InetSocketAddress address =
                host.isEmpty() ? new InetSocketAddress(number) : new InetSocketAddress(host, number);
        if (address.isUnresolved()) {
            throw new StartFailure("There is no address " + host + ", where " + variable + " would be.");
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // a port whose last connections are still closing is free
            socket.bind(address);
        } catch (IOException e) {
            throw new StartFailure(inUse());
        }
    }

    /** What to tell the operator. */
    String inUse() {
        String at = host.isEmpty() ? "" : " at " + host;
        return "Port " + number + at + " is in use, or not ours to use. Stop who listens there, or set " + variable
                + " to another port.";
    }
}
