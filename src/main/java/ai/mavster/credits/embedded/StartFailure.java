package ai.mavster.credits.embedded;

/** The service cannot start as things are; the message tells the operator in one line what is wrong and what to do. */
public final class StartFailure extends Exception {

    public StartFailure(String message) {
        super(message);
    }

    StartFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
