// Package imports holds no code but a test: which package of the project may
// import which.
package imports
