package ai.mavster.credits;

/** The form of the ids that callers choose: accounts, runs, projects, workspaces, tests and actions. */
public final class Identifier {

    /**
     * One to 128 letters, digits and {@code . _ : / @ -}; but neither {@code .} nor {@code ..}, which clients and
     * proxies take for a way through the path that they stand in, percent-encoded too.
     */
    public static final String PATTERN = "(?!\\.{1,2}$)[A-Za-z0-9._:/@-]{1,128}";

    private Identifier() {}
}
