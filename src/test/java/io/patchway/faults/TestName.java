package io.patchway.faults;

import java.lang.reflect.Method;

/** What a test is called in the report. */
final class TestName {
    private TestName() {}

    /** Class and method; of a test that several classes inherit, the class that it is written in. */
    static String of(Method method) {
        return of(method.getDeclaringClass()) + "." + method.getName();
    }

    /** The class without its package, inside the classes that it is nested in. */
    static String of(Class<?> type) {
        return type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
    }
}
