package ai.mavster.credits;

import ai.mavster.credits.embedded.StartFailure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;

/**
 * The port the service will listen on.
 *
 * @param number 1 to 65535, or 0 for any free one
 */
record HttpPort(int number) {

    static HttpPort of(Map<String, String> environment) throws StartFailure {
        String text = environment.getOrDefault("CREDITS_HTTP_PORT", "").strip();
        if (text.isEmpty()) {
            return new HttpPort(8080);
        }
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65_535) {
            throw new StartFailure("CREDITS_HTTP_PORT must be a port number from 0 to 65535, not '" + text + "'.");
        }
        return new HttpPort(Integer.parseInt(text));
    }

    /** Looks before a database is started for nothing; a process that takes the port after that makes the application's own start fail. */
    void requireFree() throws StartFailure {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // a port whose last connections are still closing is free
            socket.bind(new InetSocketAddress(number));
        } catch (IOException e) {
            throw new StartFailure(inUse());
        }
    }

    /** What to tell the operator. */
    String inUse() {
        return "Port " + number + " is in use. Stop who listens there, or set CREDITS_HTTP_PORT to another port.";
    }
}
