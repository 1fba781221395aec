"""Find out on what kind of drive a folder is: SQLite's locks and shared memory can't be relied on over a network."""

from pathlib import Path

MOUNTS = Path("/proc/self/mounts")
NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "lustre", "ncpfs", "vboxsf", "davfs"}
)


def network_drive(folder: Path, mounts: Path = MOUNTS) -> str | None:
    """Return the kind of the network drive that the folder is on; None of a disk, and where it can't be told."""
    try:
        lines = mounts.read_text(errors="replace").splitlines()
        place = folder.resolve()
    except (OSError, RuntimeError):
        return None
    found: tuple[int, str] = (0, "")
    for line in lines:
        _, where, kind, *_ = f"{line}   ".split(" ")
        point = Path(where.replace("\\040", " "))
        if place == point or point in place.parents:
            found = max(found, (len(point.parts), kind), key=lambda one: one[0])
    kind = found[1]
    return (
        kind if kind in NETWORK or kind.startswith(("fuse.sshfs", "fuse.s3", "fuse.rclone", "fuse.gluster")) else None
    )
