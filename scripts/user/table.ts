/** Accounts as a terminal shows them. */
import type { ShownAccount } from "./office.ts";

/** One line for each, and a sentence where there is none. */
export function renderAccounts(accounts: readonly ShownAccount[]): string {
	if (accounts.length === 0) return "Nobody has an account. Make one: npm run user -- add ann\n";
	const wide = Math.max(...accounts.map(({ name }) => name.length));
	const lines = accounts.map(({ name, isAdmin, madeAtMs, loginCount }) => {
		const made = new Date(madeAtMs).toISOString().slice(0, 10);
		const devices = `${loginCount} ${loginCount === 1 ? "device" : "devices"}`;
		return `${name.padEnd(wide)}  ${isAdmin ? "admin " : "member"}  since ${made}  ${devices}`;
	});
	return `${lines.join("\n")}\n`;
}
