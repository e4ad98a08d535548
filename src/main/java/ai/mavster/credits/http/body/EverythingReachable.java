package ai.mavster.credits.http.body;

import jakarta.inject.Singleton;
import jakarta.validation.Path;
import jakarta.validation.TraversableResolver;
import java.lang.annotation.ElementType;

/**
 * Only requests are validated, and no part of them is a lazily loaded entity. By default the persistence layer is
 * asked about each field, which doubles the time of a check: measured, 6 µs instead of 3 for a body of a dozen
 * fields, and a bulk has a thousand such items.
 */
@Singleton
class EverythingReachable implements TraversableResolver {

    @Override
    public boolean isReachable(
            Object object, Path.Node property, Class<?> root, Path pathToObject, ElementType elementType) {
        return true;
    }

    @Override
    public boolean isCascadable(
            Object object, Path.Node property, Class<?> root, Path pathToObject, ElementType elementType) {
        return true;
    }
}
