// Writes the agent's image: one program and nothing else, as an archive that container tools load and registries take.
// The same program gives the same bytes.
package main

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"time"
)

const (
	program = "windlass-gpu-agent"
	kinds   = "application/vnd.oci.image."
)

var born = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

type object = map[string]any

func main() {
	if len(os.Args) != 5 {
		log.Fatal("usage: image PROGRAM ARCHITECTURE VERSION ARCHIVE")
	}
	binary, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	archive, digest := build(binary, os.Args[2], os.Args[3])
	if err := os.WriteFile(os.Args[4], archive, 0o644); err != nil {
		log.Fatal(err)
	}
	fmt.Println(digest)
}

// build returns the archive and the digest of the image in it.
func build(binary []byte, architecture, version string) ([]byte, string) {
	layer := archive(entry{program, 0o755, binary})
	config := text(object{
		"architecture": architecture,
		"os":           "linux",
		"created":      born.Format(time.RFC3339),
		"config":       object{"Entrypoint": []string{"/" + program}, "Cmd": []string{"run"}, "User": "0:0"},
		"rootfs":       object{"type": "layers", "diff_ids": []string{digest(layer)}},
	})
	manifest := text(object{
		"schemaVersion": 2,
		"mediaType":     kinds + "manifest.v1+json",
		"config":        descriptor("config.v1+json", config),
		"layers":        []object{descriptor("layer.v1.tar", layer)},
	})
	named := descriptor("manifest.v1+json", manifest)
	named["annotations"] = object{"org.opencontainers.image.ref.name": version}
	named["platform"] = object{"architecture": architecture, "os": "linux"}
	return archive(
		entry{"blobs/sha256/" + digest(config)[7:], 0o644, config},
		entry{"blobs/sha256/" + digest(layer)[7:], 0o644, layer},
		entry{"blobs/sha256/" + digest(manifest)[7:], 0o644, manifest},
		entry{"index.json", 0o644, text(object{"schemaVersion": 2, "mediaType": kinds + "index.v1+json", "manifests": []object{named}})},
		entry{"manifest.json", 0o644, text([]object{{
			"Config":   "blobs/sha256/" + digest(config)[7:],
			"RepoTags": []string{program + ":" + version + "-" + architecture},
			"Layers":   []string{"blobs/sha256/" + digest(layer)[7:]},
		}})},
		entry{"oci-layout", 0o644, text(object{"imageLayoutVersion": "1.0.0"})},
	), digest(manifest)
}

type entry struct {
	name string
	mode int64
	data []byte
}

func archive(entries ...entry) []byte {
	var buffer bytes.Buffer
	writer := tar.NewWriter(&buffer)
	for _, each := range entries {
		header := &tar.Header{Typeflag: tar.TypeReg, Name: each.name, Mode: each.mode, Size: int64(len(each.data)), ModTime: born, Format: tar.FormatUSTAR}
		if err := writer.WriteHeader(header); err != nil {
			log.Fatal(err)
		}
		if _, err := writer.Write(each.data); err != nil {
			log.Fatal(err)
		}
	}
	if err := writer.Close(); err != nil {
		log.Fatal(err)
	}
	return buffer.Bytes()
}

func descriptor(kind string, data []byte) object {
	return object{"mediaType": kinds + kind, "digest": digest(data), "size": len(data)}
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return "sha256:" + hex.EncodeToString(sum[:])
}

func text(value any) []byte {
	written, err := json.Marshal(value)
	if err != nil {
		log.Fatal(err)
	}
	return written
}
