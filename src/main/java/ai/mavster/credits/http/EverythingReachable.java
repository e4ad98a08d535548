package ai.mavster.credits.http;

import jakarta.inject.Singleton;
import jakarta.validation.Path;
import jakarta.validation.TraversableResolver;
import java.lang.annotation.ElementType;

/** Only request bodies are validated, and no part of them is a lazily loaded entity: the framework would ask that of each field. */
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
