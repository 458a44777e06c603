/**
 * The page "Host maintenance" as markup: one story a host, made of what its steps reported. It knows the data alone, so that the
 * rehearsal writes the same page to a file.
 */
package io.jenkins.plugins.nova.report.page;
