package ai.mavster.credits.http;

/** Ends a request with a {@link Problem}. Carries no stack: it is an answer, not a fault. */
public final class ProblemException extends RuntimeException {

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.code() + ": " + problem.detail(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
