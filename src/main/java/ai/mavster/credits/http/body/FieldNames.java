package ai.mavster.credits.http.body;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import jakarta.inject.Singleton;
import jakarta.validation.ParameterNameProvider;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import org.hibernate.validator.spi.nodenameprovider.Property;
import org.hibernate.validator.spi.nodenameprovider.PropertyNodeNameProvider;

/**
 * Gives the validator the names by which callers know what it checks. The framework finds it by the types that it
 * implements.
 */
@Singleton
class FieldNames implements ParameterNameProvider, PropertyNodeNameProvider {

    /** The body is the one parameter without a name: its fields stand for themselves. */
    static final String UNNAMED = "";

    private static final PropertyNamingStrategies.SnakeCaseStrategy SNAKE_CASE =
            new PropertyNamingStrategies.SnakeCaseStrategy();

    @Override
    public String getName(Property property) {
        return SNAKE_CASE.translate(property.getName());
    }

    @Override
    public List<String> getParameterNames(Method method) {
        return names(method);
    }

    @Override
    public List<String> getParameterNames(Constructor<?> constructor) {
        return names(constructor);
    }

    private static List<String> names(Executable executable) {
        return Arrays.stream(executable.getParameters()).map(FieldNames::name).toList();
    }

    private static String name(Parameter parameter) {
        PathParam path = parameter.getAnnotation(PathParam.class);
        if (path != null) {
            return path.value();
        }
        QueryParam query = parameter.getAnnotation(QueryParam.class);
        if (query != null) {
            return query.value();
        }
        HeaderParam header = parameter.getAnnotation(HeaderParam.class);
        return header == null ? UNNAMED : header.value();
    }
}
