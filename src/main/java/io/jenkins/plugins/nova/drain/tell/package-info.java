/**
 * What does an operator read, and a step return? Console lines, the plan's table, the result's map. Nothing here is needed to
 * decide: no other part of drain but {@code maintenance}, whose console is made of both, may call it.
 */
package io.jenkins.plugins.nova.drain.tell;
