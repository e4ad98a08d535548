package ai.mavster.credits;

/** Free text that is safe to keep and to show. */
public final class PlainText {

    private PlainText() {}

    /**
     * Whether it has 1 to so many characters (code points, as PostgreSQL counts), no control character, and no half of
     * a surrogate pair.
     */
    public static boolean is(CharSequence text, int most) {
        // A surrogate that is half of a pair comes as a code point of its own.
        return !text.isEmpty()
                && text.codePoints().count() <= most
                && text.codePoints()
                        .noneMatch(point ->
                                Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE);
    }
}
