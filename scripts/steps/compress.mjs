/** Makes `.br` and `.gz` beside every file that gets smaller by it. */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const compressible = /\.(css|html|js|json|map|svg|txt|webmanifest)$/;

/** Below this a file and its head fit one network segment all the same. */
const sizeBytesMin = 512;

/** How distances are written (RFC 7932, section 4): which is best differs from file to file. */
const ways = [
	{ postfix: 0, direct: 0 },
	{ postfix: 0, direct: 15 },
	{ postfix: 1, direct: 0 },
];

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
	const [small, older] = await Promise.all([smallest(content), deflate(content, { level: 9 })]);
	if (small.length < content.length) await writeFile(`${path}.br`, small);
	if (older.length < content.length) await writeFile(`${path}.gz`, older);
}

async function smallest(content) {
	const all = await Promise.all(
		ways.map(({ postfix, direct }) => {
			const params = {
				[constants.BROTLI_PARAM_SIZE_HINT]: content.length,
				[constants.BROTLI_PARAM_NPOSTFIX]: postfix,
				[constants.BROTLI_PARAM_NDIRECT]: direct,
			};
			return brotli(content, { params });
		}),
	);
	return all.reduce((least, one) => (one.length < least.length ? one : least));
}
