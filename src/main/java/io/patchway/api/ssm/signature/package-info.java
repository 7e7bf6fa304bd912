/** Version 4 of the signatures of AWS, checked as the services of AWS check them. */
package io.patchway.api.ssm.signature;
