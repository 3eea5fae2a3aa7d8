/** Makes `.br` and `.gz` beside every file that gets smaller by it. */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const compressible = /\.(css|html|js|json|map|svg|txt|webmanifest)$/;

/** Below this a file and its head fit one network segment all the same. */
const sizeBytesMin = 512;

const brotli = promisify(brotliCompress);
const deflate = promisify(gzip);

/** Compresses a folder and all below it, as hard as it goes: it is done once a build. */
export async function compressFolder(folder) {
	const entries = await readdir(folder, { withFileTypes: true, recursive: true });
	const files = entries.filter((entry) => entry.isFile() && compressible.test(entry.name));
	await Promise.all(
		files.map((file) => compressFile(join(file.parentPath ?? file.path, file.name))),
	);
}

async function compressFile(path) {
	const content = await readFile(path);
	if (content.length < sizeBytesMin) return;
	const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
	const [small, older] = await Promise.all([
		brotli(content, { params }),
		deflate(content, { level: 9 }),
	]);
	if (small.length < content.length) await writeFile(`${path}.br`, small);
	if (older.length < content.length) await writeFile(`${path}.gz`, older);
}
