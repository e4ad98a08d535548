package ai.mavster.credits.failure.cluster;

import java.io.IOException;

/** Signals that Java cannot send by itself. */
final class Signals {

    private Signals() {}

    static void send(String name, long pid) throws IOException {
        try {
            new ProcessBuilder("kill", "-s", name, Long.toString(pid)).start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
