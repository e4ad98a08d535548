package ai.mavster.credits.http.contract;

import ai.mavster.credits.Refusal;
import ai.mavster.credits.http.ProblemCode;
import java.util.List;
import java.util.stream.Stream;

/** One code that a problem may have. */
record Reason(String id, int status, String title, String meaning) {

    static Reason of(ProblemCode code) {
        return new Reason(code.id(), code.status(), code.title(), code.meaning());
    }

    static Reason of(Refusal.Code code) {
        return new Reason(code.id(), code.status(), code.title(), code.meaning());
    }

    /** Every code there is. */
    static List<Reason> all() {
        return Stream.concat(
                        Stream.of(ProblemCode.values()).map(Reason::of),
                        Stream.of(Refusal.Code.values()).map(Reason::of))
                .toList();
    }
}
