package ai.mavster.credits.http.conditional;

import ai.mavster.credits.http.ProblemException;
import ai.mavster.credits.http.Problems;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The versions of which a caller wants something to be, or else not to be changed: the header {@code If-Match}.
 *
 * @param any it only has to be there: {@code *}
 * @param tags the strong ones; a weak one never matches
 */
public record IfMatch(boolean any, Set<String> tags) {

    /** What the header may be. */
    public static final String FORM = "(\\*|(W/)?\"[!#-~]*\"([ \\t]*,[ \\t]*(W/)?\"[!#-~]*\")*)";

    /** Tag by tag: a pattern of the whole list would need a stack as deep as that is long. */
    private static final Pattern NEXT = Pattern.compile("\\G[ \\t]*(W/)?\"([!#-~]*)\"[ \\t]*(,|\\z)");

    public IfMatch {
        tags = Set.copyOf(tags);
    }

    /** Exactly this version. */
    public static IfMatch of(Version version) {
        return new IfMatch(false, Set.of(version.text()));
    }

    /**
     * What a request asks for; null: nothing.
     *
     * @throws ProblemException 400 if the header is neither {@code *} nor a list of tags
     */
    public static @Nullable IfMatch of(HttpHeaders headers) {
        List<String> values = headers.getRequestHeader(HttpHeaders.IF_MATCH);
        if (values == null || values.isEmpty()) {
            return null;
        }
        String value = String.join(",", values).strip();
        return value.equals("*") ? new IfMatch(true, Set.of()) : new IfMatch(false, strongTags(value));
    }

    private static Set<String> strongTags(String list) {
        Set<String> tags = new HashSet<>();
        Matcher next = NEXT.matcher(list);
        do {
            if (!next.find()) {
                throw Problems.invalidRequest(
                        HttpHeaders.IF_MATCH, "must be * or ETags in quotes, separated by commas");
            }
            if (next.group(1) == null) {
                tags.add(next.group(2));
            }
        } while (",".equals(next.group(3)));
        return tags;
    }

    /**
     * @param version null: there is nothing
     */
    public boolean matches(@Nullable Version version) {
        return version != null && (any || tags.contains(version.text()));
    }
}
