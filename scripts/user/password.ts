/** Asks for a password at a terminal, unseen and twice; reads one line where there is none. */
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { UserError } from "./user-error.ts";

/** The new password of that person. */
export async function readPassword(name: string): Promise<string> {
	if (!process.stdin.isTTY) return readLine();
	const password = await ask(`New password of ${name}: `);
	if ((await ask("The same once more: ")) !== password) {
		throw new UserError("These were two different passwords. Nothing was changed.");
	}
	return password;
}

async function readLine(): Promise<string> {
	const lines = createInterface({ input: process.stdin });
	for await (const line of lines) {
		lines.close();
		return line;
	}
	throw new UserError("No password came on the standard input.");
}

async function ask(question: string): Promise<string> {
	process.stderr.write(question);
	const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
	const terminal = createInterface({ input: process.stdin, output: unseen, terminal: true });
	const stopped = new Promise<never>((_, reject) => {
		terminal.on("SIGINT", () => reject(new UserError("Nothing was changed.")));
	});
	try {
		return await Promise.race([terminal.question(""), stopped]);
	} finally {
		terminal.close();
		process.stderr.write("\n");
	}
}
