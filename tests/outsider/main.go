// Command outsider checks a log of Consilium with tools that Consilium did not write: golang.org/x/mod/sumdb (tlog, note)
// and transparency-dev/formats. It reads claims as JSON from standard input, and answers with the problems it found and
// with proofs and notes of its own over the same leaves, for the other side to verify.
package main

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"

	fnote "github.com/transparency-dev/formats/note"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type tileClaim struct {
	Level  int    `json:"level"`
	Index  int64  `json:"index"`
	Hashes []byte `json:"hashes"`
}

type inclusion struct {
	Index int64    `json:"index"`
	Size  int64    `json:"size"`
	Proof [][]byte `json:"proof"`
}

type consistency struct {
	OldSize int64    `json:"oldSize"`
	Size    int64    `json:"size"`
	Proof   [][]byte `json:"proof"`
}

type claims struct {
	LogKey      string        `json:"logKey"`
	WitnessKey  string        `json:"witnessKey"`
	Leaves      [][]byte      `json:"leaves"`
	Checkpoints []string      `json:"checkpoints"`
	Tiles       []tileClaim   `json:"tiles"`
	Inclusion   []inclusion   `json:"inclusion"`
	Consistency []consistency `json:"consistency"`
}

type answer struct {
	Problems    []string      `json:"problems"`
	Checked     int           `json:"checked"`
	Key         string        `json:"key"`
	Checkpoints []string      `json:"checkpoints"`
	Inclusion   []inclusion   `json:"inclusion"`
	Consistency []consistency `json:"consistency"`
}

type store []tlog.Hash

func (hashes store) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	read := make([]tlog.Hash, len(indexes))
	for place, index := range indexes {
		if index >= int64(len(hashes)) {
			return nil, fmt.Errorf("hash %d is not stored", index)
		}
		read[place] = hashes[index]
	}
	return read, nil
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func hashesOf(proof [][]byte) []tlog.Hash {
	hashes := make([]tlog.Hash, len(proof))
	for place, bytes := range proof {
		copy(hashes[place][:], bytes)
	}
	return hashes
}

func bytesOf(hashes []tlog.Hash) [][]byte {
	proof := make([][]byte, len(hashes))
	for place := range hashes {
		proof[place] = hashes[place][:]
	}
	return proof
}

func main() {
	var given claims
	fail(json.NewDecoder(os.Stdin).Decode(&given))
	result := answer{Problems: []string{}, Checkpoints: []string{}, Inclusion: []inclusion{}, Consistency: []consistency{}}
	check := func(what string, err error) {
		result.Checked++
		if err != nil {
			result.Problems = append(result.Problems, what+": "+err.Error())
		}
	}

	stored := store{}
	for index, leaf := range given.Leaves {
		added, err := tlog.StoredHashes(int64(index), leaf, stored)
		fail(err)
		stored = append(stored, added...)
	}
	rootOf := func(size int64) tlog.Hash {
		root, err := tlog.TreeHash(size, stored)
		fail(err)
		return root
	}

	verifier, err := note.NewVerifier(given.LogKey)
	fail(err)
	witness, err := fnote.NewVerifierForCosignatureV1(given.WitnessKey)
	fail(err)
	secret, public, err := note.GenerateKey(rand.Reader, "outsider.example/log")
	fail(err)
	signer, err := note.NewSigner(secret)
	fail(err)
	result.Key = public

	for _, text := range given.Checkpoints {
		opened, err := note.Open([]byte(text), note.VerifierList(verifier, witness))
		check("signatures of a checkpoint", err)
		if err != nil {
			continue
		}
		if len(opened.Sigs) != 2 {
			check("signatures of a checkpoint", fmt.Errorf("%d verified, not 2", len(opened.Sigs)))
		}
		lines := bytes.SplitN([]byte(opened.Text), []byte("\n"), 4)
		var size int64
		_, err = fmt.Sscanf(string(lines[1]), "%d", &size)
		fail(err)
		root := rootOf(size)
		if string(lines[2]) != base64.StdEncoding.EncodeToString(root[:]) {
			check("root of a checkpoint", fmt.Errorf("differs at size %d", size))
		}
		signed, err := note.Sign(&note.Note{Text: opened.Text}, signer)
		fail(err)
		result.Checkpoints = append(result.Checkpoints, string(signed))
	}
	for _, tile := range given.Tiles {
		name := tlog.Tile{H: 8, L: tile.Level, N: tile.Index, W: len(tile.Hashes) / tlog.HashSize}
		data, err := tlog.ReadTileData(name, stored)
		if err == nil && !bytes.Equal(data, tile.Hashes) {
			err = fmt.Errorf("%s differs", name.Path())
		}
		check("tile", err)
	}
	for _, claim := range given.Inclusion {
		leaf := tlog.RecordHash(given.Leaves[claim.Index])
		check("inclusion", tlog.CheckRecord(hashesOf(claim.Proof), claim.Size, rootOf(claim.Size), claim.Index, leaf))
		proof, err := tlog.ProveRecord(claim.Size, claim.Index, stored)
		fail(err)
		result.Inclusion = append(result.Inclusion, inclusion{claim.Index, claim.Size, bytesOf(proof)})
	}
	for _, claim := range given.Consistency {
		check("consistency", tlog.CheckTree(hashesOf(claim.Proof), claim.Size, rootOf(claim.Size), claim.OldSize, rootOf(claim.OldSize)))
		proof, err := tlog.ProveTree(claim.Size, claim.OldSize, stored)
		fail(err)
		result.Consistency = append(result.Consistency, consistency{claim.OldSize, claim.Size, bytesOf(proof)})
	}
	fail(json.NewEncoder(os.Stdout).Encode(result))
}
