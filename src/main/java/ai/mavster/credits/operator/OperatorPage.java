package ai.mavster.credits.operator;

/** One of the operator's pages, which is found by being a bean. */
public interface OperatorPage {

    void register(Operator operator);
}
