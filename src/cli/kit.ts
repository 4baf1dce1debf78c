/** Finds the guest kit, C sources and headers that come with this tool. */

import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ToolError } from "./command.ts";
import { KIT_FILES } from "./kit_files.ts";

/** The kit in a folder of this machine. */
export interface Kit extends AsyncDisposable {
  /** The folder's path; headers are here and in its folder `include`. */
  readonly folder: string;
  /** The paths of the sources that belong to every guest, in order. */
  readonly sources: readonly string[];
}

/**
 * Opens the kit. Where this module came from a server, the kit is fetched from there to a folder that disposing
 * removes.
 *
 * @param base The kit's folder as a URL; beside this module by default.
 * @throws {ToolError} If it is not there.
 */
export async function openKit(base: URL = new URL("../../guest/", import.meta.url)): Promise<Kit> {
  const isFile = base.protocol === "file:";
  const folder = isFile ? fileURLToPath(base) : await mkdtemp(join(tmpdir(), "vmlet-kit-"));
  const dispose = async () => {
    if (!isFile) await rm(folder, { recursive: true });
  };
  try {
    if (!isFile) await Promise.all(KIT_FILES.map((name) => download(base, name, folder)));
    else if (!existsSync(join(folder, "vmlet.h"))) {
      throw new ToolError(
        "Cannot find the guest kit: this vmlet came without its folder guest, as compiled programs " +
          "do. Build guests with the vmlet command of a checkout or of the registry",
      );
    }
    const names = (await readdir(folder)).filter((name) => name.endsWith(".c")).sort();
    return {
      folder,
      sources: names.map((name) => join(folder, name)),
      [Symbol.asyncDispose]: dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function download(base: URL, name: string, folder: string): Promise<void> {
  const url = new URL(name, base);
  let bytes: Uint8Array;
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw new ToolError(`Cannot fetch the guest kit, ${url}: ${(error as Error).message}`);
  }
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
}
