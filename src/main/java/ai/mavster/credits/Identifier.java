package ai.mavster.credits;

/** The form of the ids that callers choose: accounts, runs, projects, workspaces, tests and actions. */
public final class Identifier {

    /** One to 128 letters, digits and {@code . _ : / @ -}. */
    public static final String PATTERN = "[A-Za-z0-9._:/@-]{1,128}";

    private Identifier() {}
}
