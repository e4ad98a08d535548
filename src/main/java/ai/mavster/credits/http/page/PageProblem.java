package ai.mavster.credits.http.page;

import org.jspecify.annotations.Nullable;

/**
 * What went wrong, for a person.
 *
 * @param field the form's field that it is about; null: none in particular
 * @param code that of the API's problem
 */
public record PageProblem(int status, String code, @Nullable String field, String title, String detail) {}
