/** A program that loads a snapshot of hello and calls it, or saves two snapshots in turns until it is killed. */

import process from "node:process";
import { Sandbox, Snapshot } from "../../mod.ts";
import { HELLO, hello } from "./guests.ts";

const [task, path = ""] = process.argv.slice(2);

if (task === "load") {
  using snapshot = await Snapshot.load(path);
  using sandbox = await Sandbox.fromSnapshot(snapshot, { exports: HELLO });
  console.log(sandbox.exports.count());
} else {
  using sandbox = await hello();
  for (;;) {
    sandbox.exports.count();
    using snapshot = sandbox.snapshot();
    await snapshot.save(path);
    console.log("saved");
  }
}
