package ai.mavster.credits;

/**
 * A value that a caller sent breaks a rule. Callers get it as a 400 that names the field; it carries no stack trace,
 * since it is no fault.
 */
public final class InvalidInput extends RuntimeException {

    private final String field;
    private final String message;

    /**
     * @param field the caller's name of it: its path in the body such as {@code items[1].credits}, or that of a
     *     parameter or header
     * @param message what the value must be, to be read after the field: "must be a number"
     */
    public InvalidInput(String field, String message) {
        super(field + " " + message, null, false, false);
        this.field = field;
        this.message = message;
    }

    public String field() {
        return field;
    }

    public String message() {
        return message;
    }
}
