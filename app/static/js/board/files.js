// Files of blocks: chosen, dropped on the lesson or on a block, or pasted; sent with their progress.
import { announce, toast } from "../live.js";
import { headers } from "./send.js";
import { send } from "./lesson.js";

const drawer = () => document.getElementById("drawer");
const KINDS = [[/^image\//, "image"], [/^video\//, "video"], [/./, "file"]];
const kindOf = (file) => KINDS.find(([pattern]) => pattern.test(file.type || "?"))[1];

// With a request of the older kind, since these tell how much of a file has gone.
function upload(file, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("file", file);
    request.open("POST", drawer().dataset.uploads);
    for (const [name, value] of Object.entries(headers({ Accept: "application/json" }))) {
      if (!name.startsWith("HX-")) request.setRequestHeader(name, value);
    }
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) progress.value = event.loaded / event.total; });
    request.addEventListener("error", () => reject(new Error(words().failed)));
    request.addEventListener("load", () => {
      const told = parsed(request.responseText);
      if (request.status === 201) resolve(told);
      else reject(new Error(told?.error?.message ?? told?.message ?? words().failed));
    });
    request.send(body);
  });
}

const words = () => document.getElementById("upload-progress").dataset;

function parsed(text) {
  try { return JSON.parse(text); } catch { return null; }
}

async function sent(file, place) {
  const line = document.getElementById("upload-progress").content.firstElementChild.cloneNode(true);
  line.querySelector("span").textContent = file.name;
  place.append(line);
  try {
    return await upload(file, line.querySelector("progress"));
  } catch (error) {
    toast(error.message, { kind: "bad" });
    return null;
  } finally {
    line.remove();
  }
}

const next = { image: "[name^='alt-']", video: "[name^='title-']", file: "[name^='label-']" };

// The file becomes that of the block: said at once by what the field sends, then drawn anew.
async function put(block, name, file) {
  const told = await sent(file, block);
  if (!told || !block.isConnected) return;
  const body = new FormData(block);
  body.set(name, told.asset);
  body.set("do", "file");
  await send(block.action, body, next[block.elements.type.value]);
  if (block.elements.type.value === "image") announce(words().askAlt);
}

async function add(files, after) {
  for (const file of files) {
    const told = await sent(file, drawer().querySelector(".add-block"));
    if (!told) continue;
    const type = kindOf(file);
    await send(drawer().querySelector(".add-block").action, { type, asset: told.asset, after }, next[type]);
    after = drawer().dataset.fresh;
    if (type === "image") announce(words().askAlt);
  }
}

document.addEventListener("change", (event) => {
  const { upload: name } = event.target.dataset ?? {};
  const [file] = event.target.files ?? [];
  if (!name || !file) return;
  event.target.value = "";
  put(event.target.form, name, file);
});

const holdsFiles = (data) => data?.types.includes("Files");
const blockAt = (target) => target.closest?.("#blocks > .block");
// An empty picture, film or file takes what fits it; everything else becomes a block of its own.
const fits = (block, file) => block?.querySelector('.wanting [data-upload^="asset-"]') && block.elements.type.value === kindOf(file);

document.addEventListener("dragover", (event) => {
  if (!drawer()?.contains(event.target) || !holdsFiles(event.dataTransfer)) return;
  event.preventDefault();
  drawer().classList.add("taking");
});

document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget || !drawer()?.contains(event.relatedTarget)) drawer()?.classList.remove("taking");
});

document.addEventListener("drop", (event) => {
  if (!drawer()?.contains(event.target) || !holdsFiles(event.dataTransfer)) return;
  event.preventDefault();
  event.stopPropagation();
  drawer().classList.remove("taking");
  take([...event.dataTransfer.files], event.target);
}, true);

document.addEventListener("paste", (event) => {
  const files = [...(event.clipboardData?.files ?? [])];
  if (!files.length || !drawer()?.contains(event.target) || event.clipboardData.types.includes("text/html")) return;
  event.preventDefault();
  event.stopPropagation();
  take(files, event.target);
}, true);

document.addEventListener("lectern:files", (event) => {
  event.preventDefault();
  take(event.detail.files, event.target);
});

function take(files, target) {
  const block = blockAt(target);
  if (files.length === 1 && fits(block, files[0])) return put(block, `asset-${block.dataset.key}`, files[0]);
  const last = drawer().querySelector("#blocks > .block:last-of-type");
  return add(files, (block ?? last)?.dataset.key ?? "");
}
