// What diagnose() finds here, in environments made for it, and in samples of others.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { diagnose, type Diagnosis, VERSION } from "../mod.ts";
import { bun, ROOT, run } from "../scripts/tools.ts";
import {
  detectContainer,
  detectEnvironment,
  type EnvironmentTexts,
  type HostCpu,
  hypervisorName,
  kernelHasKvm,
  memoryLimitFiles,
  parseCpu,
  parseKernelRelease,
  parseMeminfo,
  parseMemoryLimit,
  parseUser,
  shimOrigin,
} from "../src/sandbox/doctor/host.ts";
import { checkLimits } from "../src/sandbox/doctor/limits.ts";
import {
  type Circumstances,
  openRemedy,
  virtualizationFix,
} from "../src/sandbox/doctor/remedies.ts";
import { runRuntime } from "./support/runtime.ts";
import { condition, needsKvm } from "./support/skip.ts";

const ENOENT = 2;
const EACCES = 13;

const needsNamespaces = condition(
  "needsNamespaces",
  spawnSync("unshare", ["--mount", "setpriv", "--version"]).status === 0
    ? false
    : "mount namespaces need root, unshare and setpriv",
);

const needsKvmAndNamespaces = condition("needsKvmAndNamespaces", needsKvm || needsNamespaces);

const needsNode = condition(
  "needsNode",
  spawnSync("node", ["--version"]).status === 0 ? false : "Node.js is not there",
);

/** The command line in this runtime. */
const DOCTOR = [
  ...process.versions.bun === undefined ? ["run", "--no-prompt", "--allow-ffi"] : [],
  ...[join(ROOT, "src/cli/main.ts"), "doctor", "--json"],
];

/**
 * Runs `vmlet doctor --json` after a shell script, in a mount namespace of its own, where /mnt is an empty folder.
 * `launcher` begins the command that starts it.
 */
function diagnoseAfter(script: string, launcher = ""): Diagnosis & { exitCode: number | null } {
  const whole = `set -e\nmount -t tmpfs none /mnt\n${script}\nexec ${launcher} "$@"`;
  const { code, out, error } = runRuntime(DOCTOR, ["unshare", "--mount", "sh", "-c", whole, "sh"]);
  assert(out.startsWith("{"), `${code} ${error}`);
  return { ...JSON.parse(out) as Diagnosis, exitCode: code };
}

function find({ checks }: Diagnosis, name: string) {
  const check = checks.find((it) => it.name === name);
  assert(check !== undefined, `no check ${name} among ${checks.map((it) => it.name)}`);
  return check;
}

/** A /dev of the script's own, without /dev/kvm. */
const EMPTY_DEV = `mkdir /mnt/dev
for name in null zero full random urandom tty; do
  touch /mnt/dev/$name
  mount --bind /dev/$name /mnt/dev/$name
done
mount --rbind /mnt/dev /dev`;

/** A /dev/kvm of an owner and a group that this process is not, as `mode owner group`. */
const deviceOf = (mode: string, owner: number, group: number) =>
  `mknod /mnt/kvm c 10 232
chown ${owner}:${group} /mnt/kvm
chmod ${mode} /mnt/kvm
mount --bind /mnt/kvm /dev/kvm`;

const groupFile = (line: string) =>
  `{ grep -v ^kvm: /etc/group || true; echo '${line}'; } > /mnt/group
mount --bind /mnt/group /etc/group`;

/** Root without its rights over other users' files. */
const UNPRIVILEGED = "setpriv --inh-caps=-all --bounding-set=-all";

test("diagnose() finds KVM usable here", { skip: needsKvm }, () => {
  const diagnosis = diagnose();
  assertEquals(diagnosis.checks.filter((it) => it.status === "failure"), []);
  assert(diagnosis.usable);
  assertEquals(diagnosis.version, VERSION);
  assertEquals(find(diagnosis, "API version").detail, "12");
  assertMatch(find(diagnosis, "trial guest").detail, /^was created, ran and ended in [\d.]+ ms$/);
  assertEquals(diagnosis.capabilities.KVM_CAP_USER_MEMORY, 1);
});

test("diagnose() tells the runtime, the kernel and the limits as the runtime does", () => {
  const diagnosis = diagnose();
  const { bun, deno } = process.versions;
  assertEquals(diagnosis.runtime, bun === undefined ? `Deno ${deno}` : `Bun ${bun}`);
  assertEquals(diagnosis.kernel, readFileSync("/proc/sys/kernel/osrelease", "utf8").trim());
  const files = readFileSync("/proc/self/limits", "utf8").match(/^Max open files +(\w+) +(\w+)/m);
  const { soft, hard } = diagnosis.limits.openFiles ?? {};
  assertEquals([`${soft ?? "unlimited"}`, `${hard ?? "unlimited"}`], [files?.[1], files?.[2]]);
  assertEquals(
    diagnosis.limits.memoryTotal,
    parseMeminfo(readFileSync("/proc/meminfo", "utf8"), "MemTotal"),
  );
});

test("diagnose() is plain data with a fix for everything that is not well", () => {
  const diagnosis = diagnose();
  assertEquals(JSON.parse(JSON.stringify(diagnosis)), diagnosis);
  for (const { status, fix } of diagnosis.checks) assertEquals(fix === undefined, status === "ok");
  const names = diagnosis.checks.map(({ name }) => name);
  assertEquals(new Set(names).size, names.length);
});

test("diagnose() leaves no file and no mapping behind", { skip: needsKvm }, () => {
  const held = () => [
    readdirSync("/proc/self/fd").length,
    readFileSync("/proc/self/maps", "utf8").match(/kvm-vcpu/g)?.length ?? 0,
  ];
  diagnose();
  const before = held();
  for (let i = 0; i < 20; i++) assert(diagnose().usable);
  assertEquals(held(), before);
});

test("diagnose() says that /dev/kvm is not there", { skip: needsNamespaces }, () => {
  const diagnosis = diagnoseAfter(EMPTY_DEV);
  const { status, detail, fix } = find(diagnosis, "/dev/kvm");
  assertEquals([status, diagnosis.usable, diagnosis.exitCode], ["failure", false, 1]);
  assertMatch(detail, /^does not exist/);
  assert(fix !== undefined);
  assertEquals(diagnosis.capabilities, {});
});

test(
  "diagnose() knows a container and how to give it the device",
  { skip: needsNamespaces },
  () => {
    const diagnosis = diagnoseAfter(
      `${EMPTY_DEV}\nmount -t tmpfs none /run\ntouch /run/.containerenv`,
    );
    assertEquals(diagnosis.environment?.container, "podman");
    assertStringIncludes(find(diagnosis, "/dev/kvm").fix ?? "", "--device /dev/kvm");
  },
);

test("diagnose() says that something else is in the place of /dev/kvm", {
  skip: needsKvmAndNamespaces,
}, () => {
  const diagnosis = diagnoseAfter("mount --bind /dev/null /dev/kvm");
  const { status, detail } = find(diagnosis, "/dev/kvm");
  assertEquals([status, diagnosis.exitCode], ["failure", 1]);
  assertEquals(detail, "is there, and it is not KVM: KVM_GET_API_VERSION failed with ENOTTY");
});

test("diagnose() says that a directory is in the place of /dev/kvm", {
  skip: needsNamespaces,
}, () => {
  const diagnosis = diagnoseAfter(`${EMPTY_DEV}\nmkdir /dev/kvm`);
  const { status, detail, fix } = find(diagnosis, "/dev/kvm");
  assertEquals(status, "failure");
  assertMatch(detail, /^is a directory/);
  assertMatch(fix ?? "", /^remove the directory, then/);
});

test("diagnose() says that there is no group to open /dev/kvm with", {
  skip: needsKvmAndNamespaces,
}, () => {
  const diagnosis = diagnoseAfter(
    `${deviceOf("660", 12345, 12345)}\n${groupFile("other:x:12345:")}`,
    UNPRIVILEGED,
  );
  const { status, detail, fix } = find(diagnosis, "/dev/kvm");
  assertEquals([status, diagnosis.exitCode], ["failure", 1]);
  assertMatch(detail, /\(EACCES\) by root \(uid 0\), and there is no group kvm/);
  assertEquals(
    find(diagnosis, "CPU").status,
    "ok",
    "the kernel's KVM shows that the CPU is not at fault",
  );
  assertStringIncludes(fix ?? "", "groupadd -r kvm");
});

test("diagnose() names the missing group when /dev/kvm may not be opened", {
  skip: needsKvmAndNamespaces,
}, () => {
  const diagnosis = diagnoseAfter(
    `${deviceOf("660", 12345, 12345)}\n${groupFile("kvm:x:12345:someone")}`,
    UNPRIVILEGED,
  );
  const { detail, fix } = find(diagnosis, "/dev/kvm");
  assertMatch(detail, /\(EACCES\) by root \(uid 0\), who is not in the group kvm$/);
  assertMatch(fix ?? "", /^`sudo usermod -aG kvm root`, then /);
});

test("diagnose() tells who joined the group after logging in", {
  skip: needsKvmAndNamespaces,
}, () => {
  const diagnosis = diagnoseAfter(
    `${deviceOf("660", 12345, 12345)}\n${groupFile("kvm:x:12345:someone,root")}`,
    UNPRIVILEGED,
  );
  const { detail, fix } = find(diagnosis, "/dev/kvm");
  assertMatch(detail, /who was put into the group kvm after logging in$/);
  assertStringIncludes(fix ?? "", "newgrp kvm");
});

test("diagnose() opens /dev/kvm as a member of the group", {
  skip: needsKvmAndNamespaces,
}, () => {
  const diagnosis = diagnoseAfter(
    `${deviceOf("660", 12345, 12345)}\n${groupFile("kvm:x:12345:root")}`,
    `${UNPRIVILEGED} --groups 12345`,
  );
  assertEquals([find(diagnosis, "/dev/kvm").status, diagnosis.exitCode], ["ok", 0]);
});

test("diagnose() warns of few open files", { skip: needsNamespaces }, () => {
  const { limits, ...diagnosis } = diagnoseAfter("ulimit -n 150");
  assertEquals(limits.openFiles, { soft: 150, hard: 150 });
  const { status, fix } = find({ limits, ...diagnosis }, "open files");
  assertEquals(status, "warning");
  assertStringIncludes(fix ?? "", "ulimit -Hn");
});

test("diagnose() finds the shim loaded where memfds are not executable by default", {
  skip: needsNamespaces,
}, () => {
  // The setting belongs to the PID namespace.
  const launcher = "unshare --pid --fork --mount-proc sh -c " +
    `'echo 2 > /proc/sys/vm/memfd_noexec || true; exec "$@"' sh`;
  const diagnosis = diagnoseAfter("true", launcher);
  const { status, detail } = find(diagnosis, "native shim");
  assertEquals(status, "ok");
  assertStringIncludes(detail, "is loaded from");
});

/** What a script that uses KVM prints after a shell script, in a mount namespace of its own. */
function tryKvmAfter(shell: string, script: string): unknown {
  const folder = mkdtempSync(join(tmpdir(), "vmlet-doctor-"));
  try {
    const file = join(folder, "script.ts");
    writeFileSync(
      file,
      `import { native } from "${ROOT}src/ffi/mod.ts";
import { Kvm } from "${ROOT}src/kvm/mod.ts";
import { isHypervisorPresent } from "${ROOT}src/driver/mod.ts";
const codeOf = (use: () => void) => {
  try {
    return use();
  } catch (error) {
    return error.code;
  }
};
${script}`,
    );
    const deno = ["run", "--no-prompt", "--no-check", "--allow-ffi"];
    const args = [...process.versions.bun === undefined ? deno : [], file];
    const whole = `set -e\nmount -t tmpfs none /mnt\n${shell}\nexec "$@"`;
    const { out, error } = runRuntime(args, ["unshare", "--mount", "sh", "-c", whole, "sh"]);
    assertEquals(error, "");
    return JSON.parse(out);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const OPEN_AND_ASSERT = `console.log(JSON.stringify([
  isHypervisorPresent(),
  codeOf(() => Kvm.open().assertUsable()),
]));`;

test("Kvm.open() fails with ERR_NO_HYPERVISOR without a device", { skip: needsNamespaces }, () => {
  assertEquals(tryKvmAfter(EMPTY_DEV, OPEN_AND_ASSERT), [false, "ERR_NO_HYPERVISOR"]);
  const directory = `${EMPTY_DEV}\nmkdir /dev/kvm`;
  assertEquals(tryKvmAfter(directory, OPEN_AND_ASSERT), [false, "ERR_NO_HYPERVISOR"]);
});

test("Kvm.assertUsable() fails with ERR_NO_HYPERVISOR on another device", {
  skip: needsKvmAndNamespaces,
}, () => {
  const bind = "mount --bind /dev/null /dev/kvm";
  assertEquals(tryKvmAfter(bind, OPEN_AND_ASSERT), [false, "ERR_NO_HYPERVISOR"]);
});

test("Kvm.open() fails with ERR_LIMIT when too many files are open", {
  skip: needsKvmAndNamespaces,
}, () => {
  const script = `const path = new TextEncoder().encode("/dev/null\\0");
while (native().open(path, 0, 0) >= 0);
const code = codeOf(() => Kvm.open());
native().close(150);
console.log(JSON.stringify(code));`;
  assertEquals(tryKvmAfter("ulimit -n 200", script), "ERR_LIMIT");
});

test("diagnose() says which permission is missing", () => {
  // Without the permission in Deno, and on a platform that is none of vmlet's in Bun.
  const script = `import { diagnose } from "${join(ROOT, "mod.ts")}";
if (globalThis.Bun) Object.defineProperty(process, "platform", { value: "darwin" });
console.log(JSON.stringify(diagnose()));`;
  const folder = mkdtempSync(join(tmpdir(), "vmlet-doctor-"));
  try {
    const file = join(folder, "script.ts");
    writeFileSync(file, script);
    const config = join(ROOT, "deno.json");
    const args = process.versions.bun === undefined
      ? ["run", "--no-prompt", "--no-check", "--config", config, file]
      : [file];
    const { out, error } = runRuntime(args);
    assert(out.startsWith("{"), error);
    const diagnosis = JSON.parse(out) as Diagnosis;
    assertEquals([diagnosis.usable, diagnosis.capabilities], [false, {}]);
    const [, check] = diagnosis.checks;
    assertEquals(
      [check?.name, check?.status, check?.fix],
      process.versions.bun === undefined
        ? ["native shim", "failure", "run it with --allow-ffi"]
        : ["platform", "failure", "run it on Linux on x86_64 (on Windows: in WSL 2)"],
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("diagnose() says in Node.js that it needs Deno or Bun", { skip: needsNode }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "vmlet-doctor-"));
  try {
    // Bun writes JavaScript that older versions of Node.js read too.
    const entry = join(folder, "entry.ts");
    const bundle = join(folder, "bundle.mjs");
    writeFileSync(
      entry,
      `import { diagnose } from "${
        join(ROOT, "mod.ts")
      }";\nconsole.log(JSON.stringify(diagnose()));`,
    );
    const build = [...bun(), "build", entry, "--target=browser", `--outfile=${bundle}`] as const;
    const { code, output } = await run(build, { capture: true });
    assertEquals(code, 0, output);
    const { stdout, stderr } = spawnSync("node", [bundle], { encoding: "utf8" });
    assert(stdout.startsWith("{"), stderr);
    const diagnosis = JSON.parse(stdout) as Diagnosis;
    assertMatch(diagnosis.runtime, /^Node\.js v\d/);
    assertEquals([diagnosis.usable, diagnosis.checks.length], [false, 1]);
    assertEquals(find(diagnosis, "runtime").fix, "run it in Deno or in Bun");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

// Samples of other machines.

const INTEL = `processor	: 0
vendor_id	: GenuineIntel
cpu family	: 6
model name	: Intel(R) Xeon(R) Platinum 8370C CPU @ 2.80GHz
flags		: fpu vme de pse tsc msr pae mce cx8 apic sep vmx sse sse2 ht syscall nx lm
vmx flags	: vnmi invvpid ept_x_only
`;
const GUEST = `processor	: 0
vendor_id	: AuthenticAMD
model name	: AMD EPYC 7B12
flags		: fpu vme de pse tsc msr pae sse sse2 ht syscall nx lm hypervisor lahf_lm svm_lock
`;

const cpu = (part: Partial<HostCpu>): HostCpu => ({
  vendor: "GenuineIntel",
  model: "a model",
  virtualization: null,
  hypervisor: false,
  ...part,
});

test("parseCpu() reads vendor, model and whole flags", () => {
  assertEquals(parseCpu(INTEL), {
    vendor: "GenuineIntel",
    model: "Intel(R) Xeon(R) Platinum 8370C CPU @ 2.80GHz",
    virtualization: "vmx",
    hypervisor: false,
  });
  assertEquals(parseCpu(GUEST), {
    vendor: "AuthenticAMD",
    model: "AMD EPYC 7B12",
    virtualization: null,
    hypervisor: true,
  });
  assertEquals(parseCpu(GUEST.replace("svm_lock", "svm"))?.virtualization, "svm");
  assertEquals(parseCpu(""), undefined);
  assertEquals(parseCpu("processor\t: 0\nBogoMIPS\t: 48.00\nFeatures\t: fp asimd\n"), undefined);
});

const VERSIONS = {
  debian:
    "Linux version 6.1.0-28-amd64 (debian-kernel@lists.debian.org) (gcc-12 (Debian 12.2.0-14)" +
    " 12.2.0, GNU ld 2.40) #1 SMP PREEMPT_DYNAMIC Debian 6.1.119-1 (2024-11-22)\n",
  azure: "Linux version 6.8.0-1017-azure (buildd@lcy02-amd64-083) (x86_64-linux-gnu-gcc-13 " +
    "(Ubuntu 13.2.0-23ubuntu4) 13.2.0) #20-Ubuntu SMP Tue Oct 22 03:43:13 UTC 2024\n",
  wsl1: "Linux version 4.4.0-19041-Microsoft (Microsoft@Microsoft.com) (gcc version 5.4.0 (GCC) )" +
    " #1237-Microsoft Sat Sep 11 14:32:00 PST 2021\n",
  wsl2: "Linux version 5.15.153.1-microsoft-standard-WSL2 (root@941d701f84f1) (gcc (GCC) 11.2.0, " +
    "GNU ld (GNU Binutils) 2.37) #1 SMP Fri Mar 29 23:14:13 UTC 2024\n",
};

test("parseKernelRelease() takes the release alone", () => {
  assertEquals(parseKernelRelease(VERSIONS.debian), "6.1.0-28-amd64");
  assertEquals(parseKernelRelease(VERSIONS.wsl2), "5.15.153.1-microsoft-standard-WSL2");
  assertEquals(parseKernelRelease("something else"), undefined);
});

test("detectEnvironment() tells WSL 1, WSL 2, machines and virtual machines", () => {
  const detect = (version: string, host: HostCpu | undefined, texts: EnvironmentTexts = {}) =>
    detectEnvironment({ version, ...texts }, host);
  const container = null;
  assertEquals(detect(VERSIONS.wsl1, cpu({ virtualization: "vmx" })).machine, "wsl1");
  assertEquals(detect(VERSIONS.wsl2, cpu({ virtualization: "vmx", hypervisor: true })), {
    machine: "wsl2",
    hypervisor: "Hyper-V",
    nestedVirtualization: true,
    container,
  });
  assertEquals(detect(VERSIONS.debian, cpu({ virtualization: "vmx" })), {
    machine: "bare-metal",
    hypervisor: null,
    nestedVirtualization: false,
    container,
  });
  assertEquals(detect(VERSIONS.azure, cpu({ hypervisor: true })), {
    machine: "vm",
    hypervisor: null,
    nestedVirtualization: false,
    container,
  });
  // QEMU can hide the flag, and DMI still tells.
  const dmi = { sys_vendor: "QEMU\n", product_name: "Standard PC (Q35 + ICH9, 2009)\n" };
  assertEquals(detect(VERSIONS.debian, cpu({ virtualization: "svm" }), { dmi }), {
    machine: "vm",
    hypervisor: "QEMU",
    nestedVirtualization: true,
    container,
  });
  assertEquals(detect(VERSIONS.debian, undefined).machine, "unknown");
});

test("detectEnvironment() sees a container in WSL 2", () => {
  const texts = { version: VERSIONS.wsl2, cgroup: "0::/docker/0123456789abcdef\n" };
  const { machine, container } = detectEnvironment(texts, cpu({ hypervisor: true }));
  assertEquals([machine, container], ["wsl2", "docker"]);
});

test("hypervisorName() knows clouds and hypervisors by DMI, and no real machine", () => {
  const name = (sys_vendor: string, product_name: string, more: Record<string, string> = {}) =>
    hypervisorName({ sys_vendor: `${sys_vendor}\n`, product_name: `${product_name}\n`, ...more });
  assertEquals(name("Amazon EC2", "m5.large"), "Amazon EC2");
  assertEquals(name("Amazon EC2", "c5.metal"), null);
  assertEquals(name("Amazon EC2", "c7i.metal-24xl"), null);
  assertEquals(name("Xen", "HVM domU", { bios_version: "4.11.amazon\n" }), "Amazon EC2");
  assertEquals(name("Xen", "HVM domU", { bios_version: "4.17.3\n" }), "Xen");
  assertEquals(name("Google", "Google Compute Engine"), "Google Compute Engine");
  assertEquals(name("Google", "Redrix"), null);
  const azure = { chassis_asset_tag: "7783-7084-3265-9085-8269-3286-77\n" };
  assertEquals(name("Microsoft Corporation", "Virtual Machine", azure), "Azure");
  assertEquals(name("Microsoft Corporation", "Virtual Machine"), "Hyper-V");
  assertEquals(name("Microsoft Corporation", "Surface Laptop 4"), null);
  assertEquals(name("QEMU", "Standard PC (i440FX + PIIX, 1996)"), "QEMU");
  const oracle = { chassis_asset_tag: "OracleCloud.com\n" };
  assertEquals(name("QEMU", "Standard PC (i440FX + PIIX, 1996)", oracle), "Oracle Cloud");
  assertEquals(name("VMware, Inc.", "VMware7,1"), "VMware");
  assertEquals(name("innotek GmbH", "VirtualBox"), "VirtualBox");
  assertEquals(name("DigitalOcean", "Droplet"), "DigitalOcean");
  assertEquals(name("Hetzner", "vServer"), "Hetzner Cloud");
  assertEquals(name("OpenStack Foundation", "OpenStack Nova"), "OpenStack");
  assertEquals(name("Dell Inc.", "PowerEdge R740"), null);
  assertEquals(name("LENOVO", "20XXS3JC01"), null);
  assertEquals(hypervisorName({}), null);
});

const OVERLAY_ROOT = "1054 932 0:87 / / rw,relatime master:305 - overlay overlay rw," +
  "lowerdir=/var/lib/docker/overlay2/l/A:/var/lib/docker/overlay2/l/B,upperdir=/var/lib/docker/x\n";
const DISK_ROOT = "27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard\n";

test("detectContainer() knows containers of cgroup v1 by their groups", () => {
  const id = "0c2c05f7f1b6b5d4b9a0a1c6e4a6b4b6b87b6d0f7a3f8f1ffefc0de3a8a4c7e1";
  const detect = (cgroup: string) => detectContainer({ cgroup });
  assertEquals(detect(`12:memory:/docker/${id}\n1:name=systemd:/docker/${id}\n`), "docker");
  assertEquals(detect(`4:memory:/system.slice/docker-${id}.scope\n`), "docker");
  assertEquals(
    detect(`11:memory:/kubepods/burstable/pod6b2d/${id}\n10:cpu,cpuacct:/kubepods/burstable\n`),
    "kubernetes",
  );
  assertEquals(
    detect(`0::/kubepods.slice/kubepods-pod1.slice/cri-containerd-${id}.scope\n`),
    "kubernetes",
  );
  assertEquals(detect(`0::/machine.slice/libpod-${id}.scope/container\n`), "podman");
  assertEquals(detect("5:memory:/lxc/web\n"), "lxc");
  assertEquals(detect("0::/lxc.payload.web/init.scope\n"), "lxc");
  // The host's own daemons are not in a container.
  assertEquals(detect("0::/system.slice/docker.service\n"), null);
  assertEquals(detect("0::/system.slice/lxc.service\n0::/lxc.monitor.web\n"), null);
  assertEquals(detect("0::/user.slice/user-1000.slice/session-2.scope\n"), null);
  assertEquals(detectContainer({}), null);
});

test("detectContainer() knows containers of cgroup v2, whose group is /", () => {
  const detect = (mountinfo: string, more: EnvironmentTexts = {}) =>
    detectContainer({ cgroup: "0::/\n", mountinfo, ...more });
  assertEquals(
    detect(
      OVERLAY_ROOT +
        "1071 1054 8:1 /var/lib/docker/containers/0c2c/hostname /etc/hostname rw - ext4 /dev/sda1 rw\n",
    ),
    "docker",
  );
  assertEquals(detect(OVERLAY_ROOT, { dockerenv: true }), "docker");
  assertEquals(
    detect(
      "900 800 8:1 /home/me/.local/share/containers/storage/overlay-containers/0c/userdata/hosts" +
        " /etc/hosts rw - ext4 /dev/sda1 rw\n",
    ),
    "podman",
  );
  assertEquals(detect(OVERLAY_ROOT, { containerenv: true }), "podman");
  assertEquals(
    detect(
      OVERLAY_ROOT +
        "1 2 8:1 /var/lib/kubelet/pods/6b2d/etc-hosts /etc/hosts rw - ext4 /dev/sda1 rw\n",
      { dockerenv: true },
    ),
    "kubernetes",
  );
  assertEquals(
    detect("1 2 0:5 / /run/secrets/kubernetes.io/serviceaccount ro - tmpfs tmpfs rw\n"),
    "kubernetes",
  );
  assertEquals(
    detect("1 2 0:43 /proc/meminfo /proc/meminfo rw - fuse.lxcfs lxcfs rw\n"),
    "lxc",
  );
  assertEquals(detect(DISK_ROOT, { systemdContainer: "systemd-nspawn\n" }), "systemd-nspawn");
  assertEquals(detect(DISK_ROOT, { systemdContainer: "wsl\n" }), null);
  assertEquals(
    detect("1 2 0:87 / / rw - overlay overlay rw,upperdir=/var/lib/containerd/snapshots/1/fs\n"),
    "other",
  );
});

test("detectContainer() is not misled by what hosts have too", () => {
  // A disk made from an image, a host that runs lxcfs, and a node of Kubernetes.
  assertEquals(detectContainer({ dockerenv: true, mountinfo: DISK_ROOT }), null);
  const host = DISK_ROOT + "40 27 0:43 / /var/lib/lxcfs rw - fuse.lxcfs lxcfs rw\n" +
    "41 27 0:44 / /var/lib/kubelet/pods/6b2d/volumes/token rw - tmpfs tmpfs rw\n" +
    "42 27 0:45 / /var/lib/docker/overlay2/x/merged rw - overlay overlay rw\n";
  assertEquals(detectContainer({ mountinfo: host, cgroup: "0::/init.scope\n" }), null);
});

test("memoryLimitFiles() goes from the process's group to the root, in both versions", () => {
  assertEquals(memoryLimitFiles("0::/user.slice/user-1000.slice\n"), [
    "/sys/fs/cgroup/user.slice/user-1000.slice/memory.max",
    "/sys/fs/cgroup/user.slice/memory.max",
    "/sys/fs/cgroup/memory.max",
  ]);
  assertEquals(memoryLimitFiles("5:cpuset:/docker/0c\n4:memory:/docker/0c\n"), [
    "/sys/fs/cgroup/memory/docker/0c/memory.limit_in_bytes",
    "/sys/fs/cgroup/memory/docker/memory.limit_in_bytes",
    "/sys/fs/cgroup/memory/memory.limit_in_bytes",
  ]);
  assertEquals(memoryLimitFiles("0::/\n"), ["/sys/fs/cgroup/memory.max"]);
  assertEquals(memoryLimitFiles("0::/../../other\n"), ["/sys/fs/cgroup/memory.max"]);
  assertEquals(memoryLimitFiles(""), []);
});

test("parseMemoryLimit() knows no limit in both versions", () => {
  assertEquals(parseMemoryLimit("max\n"), null);
  assertEquals(parseMemoryLimit("9223372036854771712\n"), null);
  assertEquals(parseMemoryLimit("536870912\n"), 536870912);
  assertEquals(parseMemoryLimit(""), undefined);
});

test("kernelHasKvm() finds KVM in /proc/misc", () => {
  assert(kernelHasKvm("234 btrfs-control\n232 kvm\n183 hw_random\n"));
  assert(!kernelHasKvm("234 btrfs-control\n232 kvmfr\n"));
});

test("parseUser() takes the effective user and its groups", () => {
  const status = "Name:\tdeno\nUid:\t1000\t1001\t1000\t1000\nGid:\t1000\t1000\t1000\t1000\n" +
    "Groups:\t27 108 1000 \n";
  const passwd = "root:x:0:0:root:/root:/bin/bash\nalice:x:1001:1000::/home/alice:/bin/sh\n";
  const group = "root:x:0:\nkvm:x:108:bob,alice\n";
  assertEquals(parseUser({ status, passwd, group }), {
    uid: 1001,
    name: "alice",
    kvmGroup: 108,
    inKvmGroup: true,
    listedInKvmGroup: true,
  });
  assertEquals(parseUser({ status: status.replace(" 108", ""), group }), {
    uid: 1001,
    name: null,
    kvmGroup: 108,
    inKvmGroup: false,
    listedInKvmGroup: false,
  });
  assertEquals(parseUser({ status, passwd })?.kvmGroup, null);
  assertEquals(parseUser({ status: "" }), undefined);
});

test("shimOrigin() finds the shim among the mappings", () => {
  const line = (permissions: string, name: string) =>
    `7f1c2b000000-7f1c2b001000 ${permissions} 00000000 00:01 2051      ${name}\n`;
  assertEquals(shimOrigin(line("r-xp", "/memfd:vmlet-shim-0a1b (deleted)")), "memfd");
  assertEquals(shimOrigin(line("r-xp", "/tmp/#1234 (deleted)")), "unnamed file");
  assertEquals(shimOrigin(line("rw-p", "/tmp/#1234 (deleted)")), undefined);
});

const host = (
  part: Partial<Circumstances["environment"]>,
  more: Partial<Circumstances> = {},
): Circumstances => ({
  environment: {
    machine: "bare-metal",
    hypervisor: null,
    nestedVirtualization: false,
    container: null,
    ...part,
  },
  cpu: cpu({}),
  kernelHasKvm: false,
  ...more,
});

test("openRemedy() loads the module where the CPU can virtualize", () => {
  const open = (part: Partial<HostCpu>) =>
    openRemedy(ENOENT, "ENOENT", host({}, { cpu: cpu(part) }));
  const intel = open({ virtualization: "vmx" });
  assertStringIncludes(intel.detail, "the module is not loaded");
  assertStringIncludes(intel.fix, "modprobe kvm_intel");
  assertStringIncludes(open({ virtualization: "svm" }).fix, "modprobe kvm_amd");
  const off = open({ vendor: "AuthenticAMD" });
  assertStringIncludes(off.detail, "offers no virtualization");
  assertMatch(off.fix, /AMD-V.*firmware.*modprobe kvm_amd/);
});

test("openRemedy() tells a container's part from its host's", () => {
  const open = (more: Partial<Circumstances>) =>
    openRemedy(ENOENT, "ENOENT", host({ container: "docker" }, more)).fix;
  assertEquals(open({ kernelHasKvm: true }), "start the container with `--device /dev/kvm`");
  assertMatch(
    open({ cpu: cpu({ virtualization: "vmx" }) }),
    /^on the host, load the module: `sudo modprobe kvm_intel`; then start the container/,
  );
});

test("openRemedy() names the way of each container to pass the device and its group", () => {
  const fix = (container: "docker" | "podman" | "kubernetes" | "lxc", errno: number) =>
    openRemedy(errno, "", host({ container }, { kernelHasKvm: true })).fix;
  assertStringIncludes(fix("kubernetes", ENOENT), "device plugin");
  assertStringIncludes(fix("lxc", ENOENT), "lxc config device add");
  assertStringIncludes(fix("docker", EACCES), "--group-add");
  assertStringIncludes(fix("podman", EACCES), "keep-groups");
  assertStringIncludes(fix("kubernetes", EACCES), "supplementalGroups");
});

test("virtualizationFix() names the way of each hypervisor to nest", () => {
  const fix = (hypervisor: string | null) => virtualizationFix(host({ machine: "vm", hypervisor }));
  assertStringIncludes(fix("Amazon EC2"), "NestedVirtualization=enabled");
  assertStringIncludes(fix("Google Compute Engine"), "--enable-nested-virtualization");
  assertStringIncludes(fix("Hyper-V"), "ExposeVirtualizationExtensions");
  assertStringIncludes(fix("QEMU"), "-cpu host");
  assertStringIncludes(fix("VirtualBox"), "--nested-hw-virt");
  assertStringIncludes(fix(null), "nested virtualization");
  assertStringIncludes(virtualizationFix(host({ machine: "wsl2" })), "nestedVirtualization=true");
  assertStringIncludes(virtualizationFix(host({ machine: "wsl1" })), "--set-version");
});

test("checkLimits() warns of what leaves room for few sandboxes", () => {
  const status = (limits: Parameters<typeof checkLimits>[0]) =>
    checkLimits(limits).map(({ name, status }) => `${name}: ${status}`);
  assertEquals(status({}), []);
  assertEquals(status({ openFiles: { soft: 1024, hard: 524288 } }), ["open files: ok"]);
  assertEquals(status({ openFiles: { soft: 128, hard: 524288 } }), ["open files: warning"]);
  assertEquals(status({ openFiles: { soft: null, hard: null } }), ["open files: ok"]);
  assertEquals(status({ memoryLimit: 32 * 2 ** 20 }), ["memory limit: warning"]);
  assertEquals(status({ memoryLimit: null }), ["memory limit: ok"]);
  assertEquals(status({ memoryTotal: 2 ** 33, memoryAvailable: 2 ** 20 }), ["memory: warning"]);
  assertEquals(status({ addressSpace: { soft: 2 ** 32, hard: null } }), ["address space: warning"]);
  assertEquals(status({ mappings: 65530, overcommit: 0 }), ["mappings: ok", "overcommit: ok"]);
  assertEquals(status({ mappings: 256, overcommit: 2 }), [
    "mappings: warning",
    "overcommit: warning",
  ]);
});
