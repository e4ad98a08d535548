package ai.mavster.credits.portal;

import ai.mavster.credits.http.page.Texts;
import io.quarkus.qute.TemplateData;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text with what it is about, to be written in the reader's language. In templates: {@code sentence.in(t)}.
 *
 * @param key of the text
 * @param arguments four at most
 */
@TemplateData
public record Sentence(String key, List<@Nullable Object> arguments) {

    private static final int MOST = 4;

    public static Sentence of(String key, @Nullable Object... arguments) {
        return new Sentence(key, Collections.unmodifiableList(Arrays.asList(arguments)));
    }

    public String in(Texts texts) {
        @Nullable Object[] all = Arrays.copyOf(arguments.toArray(), MOST);
        return texts.say(key, all[0], all[1], all[2], all[3]);
    }
}
