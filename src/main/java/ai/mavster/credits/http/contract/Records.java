package ai.mavster.credits.http.contract;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.RecordComponentInfo;
import org.jspecify.annotations.Nullable;

/** The records that schemas were made of. A schema has the name that its record declares. */
final class Records {

    private static final DotName NAMED =
            DotName.createSimple("org.eclipse.microprofile.openapi.annotations.media.Schema");
    private static final String PAGE = "Page";
    private static final PropertyNamingStrategies.SnakeCaseStrategy SNAKE_CASE =
            new PropertyNamingStrategies.SnakeCaseStrategy();

    private final Map<String, ClassInfo> byName = new HashMap<>();

    /** What is done with a component, its name in JSON, and its schema. */
    interface ForField {
        void accept(RecordComponentInfo component, String field, Schema property);
    }

    Records(IndexView index) {
        for (ClassInfo type : index.getKnownClasses()) {
            if (type.isRecord()) {
                AnnotationInstance schema = type.declaredAnnotation(NAMED);
                boolean named = schema != null && schema.value("name") != null;
                if (named) {
                    byName.put(schema.value("name").asString(), type);
                } else {
                    byName.putIfAbsent(type.simpleName(), type);
                }
            }
        }
    }

    /** The record of a schema, or null. A page is named after what is on it. */
    @Nullable
    ClassInfo of(String schemaName) {
        return byName.get(schemaName.endsWith(PAGE) ? PAGE : schemaName);
    }

    /** Each component that the schema shows, with its property. */
    static void eachField(ClassInfo type, Schema schema, ForField check) {
        for (RecordComponentInfo component : type.recordComponents()) {
            String field = SNAKE_CASE.translate(component.name());
            Schema property = schema.getProperties() == null
                    ? null
                    : schema.getProperties().get(field);
            if (property != null) {
                check.accept(component, field, property);
            }
        }
    }
}
