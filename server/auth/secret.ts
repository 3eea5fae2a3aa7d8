import { randomBytes } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

const secretBytes = 32;

/**
 * The secret that signs cookies, made at the first start and kept in the data directory, readable
 * by its owner only. Without it all guests would be strangers after a restart.
 */
export async function loadSecret(dataDir: string): Promise<Uint8Array> {
	const path = join(dataDir, "secret");
	try {
		const secret = Buffer.from((await readFile(path, "utf8")).trim(), "hex");
		if (secret.length >= secretBytes) return secret;
		throw new Error(`${path} holds no secret of ${secretBytes} bytes in hexadecimal digits`);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
	}
	const secret = randomBytes(secretBytes);
	await writeFile(`${path}.new`, `${secret.toString("hex")}\n`, { mode: 0o600 });
	await rename(`${path}.new`, path);
	return secret;
}
