/**
 * What was asked, how far is it, what came of it? Orders, states, outcomes and limits of a drain, which all its other parts use;
 * it uses none of them but {@code text}, {@code evidence}, {@code guest} and {@code claim}. Plain Java over {@code plan} and {@code api}: nothing
 * here or below knows Jenkins or HTTP.
 *
 * <p>A tick is: read what the cloud did ({@code observe}), decide what follows ({@code decide}, with {@code host} and
 * {@code server}; pure), save the state with the new intents in it, and only then send them ({@code run}, which puts these together
 * over ports that its user provides).
 */
package io.jenkins.plugins.nova.drain;
