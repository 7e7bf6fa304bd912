/** Who may do what: accounts, their roles, and the keys they sign in with. */
package io.patchway.access;
