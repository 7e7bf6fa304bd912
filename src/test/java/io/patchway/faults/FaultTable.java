package io.patchway.faults;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** The table of faults, and the tests that say they provoke one of them. */
final class FaultTable {
    private FaultTable() {}

    /** The rows as {@code faults.yaml} has them. */
    static List<FaultRow> rows() {
        try (InputStream yaml = FaultTable.class.getResourceAsStream("faults.yaml")) {
            return YAMLMapper.builder().addModule(new Jdk8Module()).build().readValue(yaml, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException("the table of faults cannot be read", e);
        }
    }

    /** Every annotated test of the unit and the integration tests, found without running anything. */
    static List<FaultTest> tests() {
        return Annotated.TESTS;
    }

    /** To look through all classes takes a while. */
    private static final class Annotated {
        private static final List<FaultTest> TESTS = find();
    }

    private static List<FaultTest> find() {
        return ReflectionSupport.findAllClassesInPackage("io.patchway", type -> true, name -> true).stream()
                .flatMap(FaultTable::annotated)
                .flatMap(FaultTable::testsOf)
                .sorted()
                .toList();
    }

    private static Stream<Method> annotated(Class<?> type) {
        return AnnotationSupport.findAnnotatedMethods(type, Survives.class, HierarchyTraversalMode.TOP_DOWN).stream()
                .filter(method -> method.getDeclaringClass() == type);
    }

    private static Stream<FaultTest> testsOf(Method method) {
        IntFunction<FaultTest> test = row -> new FaultTest(row, TestName.of(method));
        return Arrays.stream(method.getAnnotation(Survives.class).value()).mapToObj(test);
    }
}
