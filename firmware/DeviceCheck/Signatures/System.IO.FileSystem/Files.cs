// Owns: files, folders and drives; the memory card and storage events are left out.
// Must never: hold a body, or a member that the real library does not have (../../api lists them, and a test compares).

namespace System.IO
{
    public static class Directory
    {
        public static extern DirectoryInfo CreateDirectory(string path);
        public static extern void Delete(string path);
        public static extern void Delete(string path, bool recursive);
        public static extern bool Exists(string path);
        public static extern string GetCurrentDirectory();
        public static extern string[] GetFiles(string path);
        public static extern string[] GetDirectories(string path);
        public static extern void Move(string sourceDirName, string destDirName);
        public static extern void SetCurrentDirectory(string path);
    }

    public sealed class DirectoryInfo : FileSystemInfo
    {
        public override extern string Name { get; }
        public override extern bool Exists { get; }
        public extern DirectoryInfo Root { get; }
        public extern DirectoryInfo Parent { get; }
        public extern DirectoryInfo(string path);
        public extern void Create();
        public extern DirectoryInfo CreateSubdirectory(string path);
        public extern FileInfo[] GetFiles();
        public extern DirectoryInfo[] GetDirectories();
        public extern void MoveTo(string destDirName);
        public override extern void Delete();
        public extern void Delete(bool recursive);
        protected override extern void HandleRefreshError();
        public override extern string ToString();
    }

    public sealed class DriveInfo
    {
        public extern DriveType DriveType { get; set; }
        public extern string Name { get; set; }
        public extern long TotalSize { get; set; }
        public extern DriveInfo(string driveName);
        public static extern DriveInfo[] GetDrives();
        public extern void Format(string fileSystem, uint parameter);
        public extern void Refresh();
        public static extern string[] GetFileSystems();
        public static extern void MountRemovableVolumes();
    }

    public enum DriveType
    {
        Unknown = 0,
        NoRootDirectory = 1,
        Removable = 2,
        Fixed = 3,
        Ram = 4,
    }

    public static class File
    {
        public static extern StreamWriter AppendText(string path);
        public static extern void AppendAllText(string path, string contents);
        public static extern void Copy(string sourceFileName, string destFileName);
        public static extern void Copy(string sourceFileName, string destFileName, bool overwrite);
        public static extern FileStream Create(string path);
        public static extern FileStream Create(string path, int bufferSize);
        public static extern void Delete(string path);
        public static extern bool Exists(string path);
        public static extern FileAttributes GetAttributes(string path);
        public static extern void Move(string sourceFileName, string destFileName);
        public static extern FileStream Open(string path, FileMode mode);
        public static extern FileStream Open(string path, FileMode mode, FileAccess access);
        public static extern FileStream Open(string path, FileMode mode, FileAccess access, FileShare share);
        public static extern FileStream OpenRead(string path);
        public static extern StreamReader OpenText(string path);
        public static extern FileStream OpenWrite(string path);
        public static extern byte[] ReadAllBytes(string path);
        public static extern string ReadAllText(string path);
        public static extern void SetAttributes(string path, FileAttributes fileAttributes);
        public static extern void WriteAllBytes(string path, byte[] bytes);
        public static extern void WriteAllText(string path, string contents);
    }

    [Flags]
    public enum FileAccess
    {
        Read = 1,
        Write = 2,
        ReadWrite = 3,
    }

    [Flags]
    public enum FileAttributes
    {
        ReadOnly = 1,
        Hidden = 2,
        System = 4,
        Directory = 16,
        Archive = 32,
        Normal = 128,
    }

    public sealed class FileInfo : FileSystemInfo
    {
        public extern FileInfo(string fileName);
        public override extern string Name { get; }
        public extern long Length { get; }
        public extern string DirectoryName { get; }
        public extern DirectoryInfo Directory { get; }
        public extern FileStream Create();
        public override extern void Delete();
        public override extern bool Exists { get; }
        protected override extern void HandleRefreshError();
        public override extern string ToString();
    }

    public enum FileMode
    {
        CreateNew = 1,
        Create = 2,
        Open = 3,
        OpenOrCreate = 4,
        Truncate = 5,
        Append = 6,
    }

    [Flags]
    public enum FileShare
    {
        None = 0,
        Read = 1,
        Write = 2,
        ReadWrite = 3,
    }

    public class FileStream : Stream
    {
        public override extern bool CanRead { get; }
        public override extern bool CanSeek { get; }
        public override extern bool CanWrite { get; }
        public override extern long Length { get; }
        public override extern long Position { get; set; }
        public extern string Name { get; }
        public extern FileStream(string path, FileMode mode);
        public extern FileStream(string path, FileMode mode, FileAccess access);
        public extern FileStream(string path, FileMode mode, FileAccess access, FileShare share);
        public extern FileStream(string path, FileMode mode, FileAccess access, FileShare share, int bufferSize);
        extern ~FileStream();
        public override extern void Close();
        protected override extern void Dispose(bool disposing);
        public override extern void Flush();
        public override extern int Read(byte[] buffer, int offset, int count);
        public override extern int Read(SpanByte buffer);
        public override extern int ReadByte();
        public override extern long Seek(long offset, SeekOrigin origin);
        public override extern void SetLength(long value);
        public override extern void Write(byte[] buffer, int offset, int count);
        public override extern void WriteByte(byte value);
    }

    public abstract class FileSystemInfo : MarshalByRefObject
    {
        public extern FileAttributes Attributes { get; }
        public virtual extern string FullName { get; }
        public extern string Extension { get; }
        public abstract bool Exists { get; }
        public abstract string Name { get; }
        public abstract void Delete();
        public virtual extern void Refresh();
        protected abstract void HandleRefreshError();
        protected extern FileSystemInfo();
    }

    public static class Path
    {
        public static readonly char DirectorySeparatorChar;
        public static readonly char AltDirectorySeparatorChar;
        public static readonly char VolumeSeparatorChar;
        public static readonly char PathSeparator;
        public static extern string ChangeExtension(string path, string extension);
        public static extern string Combine(string path1, string path2);
        public static extern string GetDirectoryName(string path);
        public static extern string GetExtension(string path);
        public static extern string GetFileName(string path);
        public static extern string GetFileNameWithoutExtension(string path);
        public static extern string GetFullPath(string path);
        public static extern char[] GetInvalidFileNameChars();
        public static extern char[] GetInvalidPathChars();
        public static extern string GetPathRoot(string path);
        public static extern bool HasExtension(string path);
        public static extern bool IsPathRooted(string path);
    }
}
