package io.patchway.faults;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/** This test provokes the fault of these rows of the table of faults, and Patchway survives it. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Tag("faults")
public @interface Survives {
    /** Numbers of rows in {@code faults.yaml}. */
    int[] value();
}
