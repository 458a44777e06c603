/** What is kept of a drain and of a plan for people, as data: the steps fill it in, the page and the files show it. It knows nobody. */
package io.jenkins.plugins.nova.report.data;
