/**
 * What is seen of a step besides its console: in the build's graph, on its page, in files, in the block's environment? And what
 * did earlier builds write down there?
 */
package io.jenkins.plugins.nova.step.shown;
