package ai.mavster.credits.http.page;

/** A request that comes with a session. */
public interface Visitor {

    PageRequest request();

    /** What the forms of its session carry. */
    String formToken();
}
